#pragma once
#include <archive.h>
#include <archive_entry.h>

// The file types of archive_entry.h are casts, which Swift does not import.

/// Whether the entry is a regular file.
static inline int twin_archive_entry_is_file(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFREG;
}

/// Whether the entry is a folder.
static inline int twin_archive_entry_is_folder(struct archive_entry *entry) {
  return archive_entry_filetype(entry) == AE_IFDIR;
}
