//! What a file holds. A long one is read into large pages where the system has them: of 10 MB in
//! ordinary ones, the system takes longer to hand out 2,441 pages than to copy the file into them.

use std::ops::Deref;

#[cfg(target_os = "linux")]
pub(in crate::cli) use linux::read_long;

/// All of a file.
#[derive(Debug)]
pub(in crate::cli) struct Bytes {
    memory: Memory,
    /// How much of the memory is filled.
    length: usize,
}

#[derive(Debug)]
enum Memory {
    Heap(Vec<u8>),
    #[cfg(target_os = "linux")]
    Pages(memmap2::MmapMut),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            length: bytes.len(),
            memory: Memory::Heap(bytes),
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.memory[..self.length]
    }
}

impl Deref for Memory {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Heap(bytes) => bytes,
            #[cfg(target_os = "linux")]
            Self::Pages(pages) => pages,
        }
    }
}

/// All of a file, which may be long.
#[cfg(not(target_os = "linux"))]
pub(in crate::cli) fn read_long(path: &std::path::Path) -> std::io::Result<Bytes> {
    super::read(path).map(Bytes::from)
}

#[cfg(target_os = "linux")]
mod linux {
    use std::fs::File;
    use std::io::{self, ErrorKind, Read};
    use std::ops::DerefMut;
    use std::path::Path;

    use memmap2::{Advice, MmapOptions};

    use super::{Bytes, Memory};

    /// The bytes of a large page.
    const PAGE: u64 = 2 << 20;

    /// From how many bytes on a file is read into them: what is left of the last one is taken from
    /// others, and is little beside so much.
    const LONG: u64 = 2 * PAGE;

    /// All of a file, which may be long.
    pub(in crate::cli) fn read_long(path: &Path) -> io::Result<Bytes> {
        let mut file = File::open(path)?;
        // A byte more than it says: it ends where that is not filled.
        let mut memory = Memory::zeroed(file.metadata()?.len() + 1)?;
        let length = fill(&mut file, &mut memory)?;
        if length < memory.len() {
            return Ok(Bytes { memory, length });
        }
        // It has grown since, or is none that knows its length.
        let mut bytes = memory.to_vec();
        file.read_to_end(&mut bytes)?;
        Ok(bytes.into())
    }

    impl Memory {
        /// Room for so many bytes, or more.
        fn zeroed(length: u64) -> io::Result<Self> {
            if length <= LONG {
                return Ok(Self::Heap(vec![0; length as usize]));
            }
            let room = usize::try_from(length.next_multiple_of(PAGE));
            let room = room.map_err(|_| ErrorKind::OutOfMemory)?;
            let pages = MmapOptions::new().len(room).map_anon()?;
            // Where there are none, ordinary ones do.
            let _ = pages.advise(Advice::HugePage);
            Ok(Self::Pages(pages))
        }
    }

    impl DerefMut for Memory {
        fn deref_mut(&mut self) -> &mut [u8] {
            match self {
                Self::Heap(bytes) => bytes,
                Self::Pages(pages) => pages,
            }
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
