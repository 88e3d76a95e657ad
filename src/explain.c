/* Why a reading says what it says: the rules behind times, figures, names and events. */
#include "event/event.h"
#include "names/names.h"
#include "quantity/quantity.h"
#include "read.h"
#include "time/time.h"

/* With a way back for the arena; the stages run once more, on a copy. */
static bool explain_guarded(RelatoReading *reading, Buffer *out)
{
    if (setjmp(reading->escape) != 0)
        return false;
    Document document = reading->document;
    time_explain(&document, reading->language, out);
    quantity_explain(&document, reading->language, out);
    names_explain(&document, reading->language, out);
    event_explain(&document, reading->language, out);
    return true;
}

char *relato_reading_explain(RelatoReading *reading, size_t *size)
{
    Buffer out = { 0 };
    if (explain_guarded(reading, &out))
        return buffer_take(&out, size);
    buffer_free(&out);
    return NULL;
}
