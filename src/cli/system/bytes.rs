//! What a file holds. A long one is read into large pages where the system has them: of 10 MB in
//! ordinary ones, the system takes longer to hand out 2,441 pages than to copy the file into them.

use std::ops::Deref;

/// All of a file.
#[derive(Debug)]
pub(in crate::cli) struct Bytes(Memory);

#[derive(Debug)]
enum Memory {
    Heap(Vec<u8>),
    #[cfg(target_os = "linux")]
    Pages(pages::Pages),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Memory::Heap(bytes))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &self.0 {
            Memory::Heap(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Memory::Pages(pages) => pages,
        }
    }
}

#[cfg(target_os = "linux")]
mod pages {
    use std::fs::File;
    use std::io::{self, ErrorKind, Read};
    use std::ops::Deref;

    use memmap2::{Advice, MmapMut, MmapOptions};

    use super::{Bytes, Memory};

    /// Of a large page.
    const PAGE: u64 = 2 << 20;

    /// From how many bytes on a file is read into them: what is left of the last one is taken from
    /// others, and is little beside so much.
    const LONG: u64 = 2 * PAGE;

    /// Large pages, as far as they are filled.
    #[derive(Debug)]
    pub(super) struct Pages {
        pages: MmapMut,
        length: usize,
    }

    impl Deref for Pages {
        type Target = [u8];

        fn deref(&self) -> &[u8] {
            &self.pages[..self.length]
        }
    }

    impl Bytes {
        /// All of a file.
        pub(in crate::cli::system) fn read(mut file: File) -> io::Result<Self> {
            // A byte more than it says: it ends where that is not filled.
            let room = file.metadata()?.len() + 1;
            let mut rest = if room > LONG {
                let room = usize::try_from(room.next_multiple_of(PAGE));
                let room = room.map_err(|_| ErrorKind::OutOfMemory)?;
                let mut pages = MmapOptions::new().len(room).map_anon()?;
                // Where there are none, ordinary ones do.
                let _ = pages.advise(Advice::HugePage);
                let length = fill(&mut file, &mut pages)?;
                if length < room {
                    return Ok(Self(Memory::Pages(Pages { pages, length })));
                }
                pages.to_vec()
            } else {
                let mut bytes = vec![0; room as usize];
                let length = fill(&mut file, &mut bytes)?;
                bytes.truncate(length);
                if length < room as usize {
                    return Ok(bytes.into());
                }
                bytes
            };
            // It has grown since, or is none that knows its length.
            file.read_to_end(&mut rest)?;
            Ok(rest.into())
        }
    }

    /// Reads until the room is full or the file ends; says how much that was.
    fn fill(file: &mut File, room: &mut [u8]) -> io::Result<usize> {
        let mut length = 0;
        while length < room.len() {
            match file.read(&mut room[length..]) {
                Ok(0) => break,
                Ok(more) => length += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(length)
    }
}
