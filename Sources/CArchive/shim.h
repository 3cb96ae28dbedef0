#pragma once
#include <locale.h>
#ifdef __APPLE__
#include <xlocale.h>
#endif
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

/// Makes UTF-8 the calling thread's character set, and gives what it was; NULL if the system has no such locale.
///
/// libarchive converts the names of entries to the thread's character set and loses those that it cannot spell.
static inline locale_t twin_begin_utf8(void) {
  locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  return utf8 ? uselocale(utf8) : (locale_t)0;
}

/// Undoes twin_begin_utf8.
static inline void twin_end_utf8(locale_t previous) {
  if (previous) freelocale(uselocale(previous));
}
