/* Events: who did what to whom. Fills document->events from the trees and
 * entities, by the lexicon of docs/events.md. */
#ifndef RELATO_EVENT_EVENT_H
#define RELATO_EVENT_EVENT_H

#include "document/document.h"
#include "event/event_lexicon.h"
#include "language/knowledge.h"

/* The stage. Needs the links of trees and entities; without trees there are no events. */
void event_stage(Document *document, const Language *language);

#endif
