#pragma once
// With ICU enabled the headers of libxml2 pull in ICU's, which clash with the ones inside Foundation. Nothing here
// touches the one struct whose layout depends on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
