//! The files of a payload set, and their resources.

use std::borrow::Cow;

use json_document::Document;

use super::key::key_text;
use super::payload::Payload;
use super::resource::Resource;

/// A parsed file and its payload.
#[derive(Debug)]
pub(crate) struct File<'w> {
    pub(crate) document: &'w Document<'w>,
    pub(crate) payload: &'w Payload,
}

impl<'w> File<'w> {
    pub(crate) fn customer_key(&self) -> Option<Cow<'w, str>> {
        self.payload
            .customer_key
            .map(|key| key_text(self.document, key))
    }
}

/// A resource of a payload set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ResourceRef {
    /// In the set's files.
    pub(crate) file: u32,
    /// In that file's [`Payload::resources`].
    pub(crate) resource: u32,
}

/// The files of a payload set, whose resources are numbered one after the other.
#[derive(Debug)]
pub(super) struct Files<'w> {
    pub(super) all: Vec<File<'w>>,
    /// By file, the number of its first resource.
    bases: Vec<u32>,
    /// How many resources there are.
    pub(super) resource_count: u32,
}

impl<'w> Files<'w> {
    pub(super) fn new(all: Vec<File<'w>>) -> Self {
        let mut bases = Vec::with_capacity(all.len());
        let mut resource_count = 0;
        for file in &all {
            bases.push(resource_count);
            resource_count += file.payload.resources.len() as u32;
        }
        Self {
            all,
            bases,
            resource_count,
        }
    }

    /// The number of a resource.
    pub(super) fn number(&self, resource: ResourceRef) -> u32 {
        self.bases[resource.file as usize] + resource.resource
    }

    /// The resource with a number.
    pub(super) fn numbered(&self, number: u32) -> ResourceRef {
        let file = match self.bases[..] {
            [_] => 0,
            _ => self.bases.partition_point(|base| *base <= number) - 1,
        };
        ResourceRef {
            file: file as u32,
            resource: number - self.bases[file],
        }
    }

    /// All resources, in their order.
    pub(super) fn resources(&self) -> impl Iterator<Item = (ResourceRef, &'w Resource)> {
        (0..).zip(&self.all).flat_map(|(file, of)| {
            let resources = (0..).zip(&of.payload.resources);
            resources.map(move |(resource, it)| (ResourceRef { file, resource }, it))
        })
    }

    pub(super) fn resource(&self, at: ResourceRef) -> &'w Resource {
        &self.all[at.file as usize].payload.resources[at.resource as usize]
    }

    pub(super) fn document(&self, at: ResourceRef) -> &'w Document<'w> {
        self.all[at.file as usize].document
    }
}

/// The part of a list in the order of files that is about one file.
pub(crate) fn of_file<T>(list: &[T], file: u32, file_of: impl Fn(&T) -> u32) -> &[T] {
    let start = list.partition_point(|item| file_of(item) < file);
    let end = list.partition_point(|item| file_of(item) <= file);
    &list[start..end]
}
