/* Events: who did what to whom. Fills document->events from the trees and
 * entities, by the lexicon of docs/events.md. */
#ifndef RELATO_EVENT_EVENT_H
#define RELATO_EVENT_EVENT_H

#include "document/document.h"
#include "event/event_lexicon.h"
#include "language/knowledge.h"

/* The stage. Needs the links of trees and entities; without trees there are no events. */
void event_stage(Document *document, const Language *language);

/* Adds lines that tell the trees, which patterns were tried on which words, what
 * matched and what not, and who takes part. Finds the events anew. */
void event_explain(Document *document, const Language *language, Buffer *out);

#endif
