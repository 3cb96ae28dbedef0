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

/// The document's canonical or relaxed extended JSON, to be freed with bson_free; NULL if libbson cannot read the bytes.
static inline char *twin_bson_extended_json(const uint8_t *bytes, size_t count, bool canonical, size_t *length) {
  bson_t document;
  if (!bson_init_static(&document, bytes, count)) return NULL;
  return canonical ? bson_as_canonical_extended_json(&document, length)
                   : bson_as_relaxed_extended_json(&document, length);
}

/// The bytes of a document, which live as long as it does.
static inline const uint8_t *twin_bson_bytes(const bson_t *document) { return bson_get_data(document); }

/// Reads a decimal number; false for what is none.
static inline bool twin_bson_decimal128_from_string(const char *text, uint64_t *high, uint64_t *low) {
  bson_decimal128_t number;
  if (!bson_decimal128_from_string(text, &number)) return false;
  *high = number.high;
  *low = number.low;
  return true;
}

/// Writes a decimal number and a NUL into at least BSON_DECIMAL128_STRING (43) characters.
static inline void twin_bson_decimal128_to_string(uint64_t high, uint64_t low, char *text) {
  bson_decimal128_t number = {.low = low, .high = high};
  bson_decimal128_to_string(&number, text);
}

/// A document over bytes that are lent, not copied, and must outlive it; NULL if they are not as long as they say.
static inline bson_t *twin_bson_view_new(const uint8_t *bytes, size_t count) {
  bson_t *document = aligned_alloc(128, sizeof(bson_t));
  if (document && !bson_init_static(document, bytes, count)) {
    free(document);
    document = NULL;
  }
  return document;
}

/// Ends such a document.
static inline void twin_bson_view_destroy(bson_t *document) { free(document); }
