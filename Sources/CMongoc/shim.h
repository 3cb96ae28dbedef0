#pragma once
#include <mongoc/mongoc.h>
#include <stdlib.h>

// libbson declares bson_iter_t with 128-byte alignment, which Swift cannot give a local variable: iterators live on
// the heap.

/// An iterator over the document, before its first element; NULL if there is no memory or the document is too short.
static inline bson_iter_t *twin_bson_iter_new(const bson_t *document) {
  bson_iter_t *iterator = aligned_alloc(128, sizeof(bson_iter_t));
  if (iterator && !bson_iter_init(iterator, document)) {
    free(iterator);
    iterator = NULL;
  }
  return iterator;
}

/// An iterator over the document or array that `parent` is at; NULL if it is at neither.
static inline bson_iter_t *twin_bson_iter_recurse(const bson_iter_t *parent) {
  bson_iter_t *iterator = aligned_alloc(128, sizeof(bson_iter_t));
  if (iterator && !bson_iter_recurse(parent, iterator)) {
    free(iterator);
    iterator = NULL;
  }
  return iterator;
}

/// Ends an iterator.
static inline void twin_bson_iter_destroy(bson_iter_t *iterator) { free(iterator); }

/// Whether the iterator stopped at bytes that are no element, rather than at the end.
static inline bool twin_bson_iter_is_corrupt(const bson_iter_t *iterator) { return iterator->err_off != 0; }

/// The message, which Swift sees as a tuple of 504 characters.
static inline const char *twin_bson_error_message(const bson_error_t *error) { return error->message; }

/// The size in bytes, a field of a structure that Swift does not see into.
static inline uint32_t twin_bson_size(const bson_t *document) { return document->len; }
