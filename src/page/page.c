#include "page/page.h"

#include "core/utf8.h"
#include "page/content.h"
#include "page/recognise.h"

void content_free(Content *content)
{
    Buffer *const buffers[] = { &content->text,   &content->url,       &content->title,   &content->outlet,
                                &content->byline, &content->published, &content->language };
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
        buffer_free(buffers[i]);
}

bool content_failed(const Content *content)
{
    return content->text.failed || content->url.failed || content->title.failed || content->outlet.failed ||
           content->byline.failed || content->published.failed || content->language.failed;
}

bool content_html(Content *content, Str page, Error *error)
{
    (void)error;
    content_text(content, page);
    return true;
}

static bool read_content(Content *content, const RelatoRecord *record, Error *error)
{
    Str bytes = { record->bytes, record->size };
    RelatoFormat format = record->format;
    if (format == RELATO_FORMAT_AUTO)
        format = recognise_json(bytes) ? RELATO_FORMAT_JSON : RELATO_FORMAT_TEXT;
    if (format == RELATO_FORMAT_JSON)
        return content_json(content, bytes, error);
    size_t broken = utf8_invalid(bytes);
    if (broken < bytes.size)
        return error_set(error, RELATO_ERROR_INPUT, 0, broken, "byte %zu is not UTF-8", broken);
    content_text(content, bytes);
    return true;
}

/* A copy in the arena, in normalisation form C. */
static Str delivered(Arena *arena, const Buffer *buffer)
{
    return utf8_normalise(arena, str_copy(arena, buffer_str(buffer)));
}

static void fill(Document *document, const Content *content)
{
    document->text = delivered(document->arena, &content->text);
    document->meta = (Meta){
        .url = delivered(document->arena, &content->url),
        .title = delivered(document->arena, &content->title),
        .outlet = delivered(document->arena, &content->outlet),
        .byline = delivered(document->arena, &content->byline),
        .published = delivered(document->arena, &content->published),
        .language = delivered(document->arena, &content->language),
    };
}

/* Moves the content into the document. The arena's way out leads through here,
 * so that the content, which is not in it, is given back whatever happens. */
static bool deliver(Document *document, const Content *content, Error *error)
{
    jmp_buf escape, *outer = document->arena->escape;
    document->arena->escape = &escape;
    bool delivered_all = setjmp(escape) == 0;
    if (delivered_all)
        fill(document, content);
    document->arena->escape = outer;
    return delivered_all || error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "its text takes more memory than there is for it");
}

bool page_read(Document *document, const RelatoRecord *record, Error *error)
{
    Content content = { 0 };
    bool read = read_content(&content, record, error);
    if (read && content_failed(&content))
        read = error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    if (read && content.text.size > RELATO_REPORT_LIMIT)
        read = error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "its text is longer than %u MB", RELATO_REPORT_LIMIT >> 20);
    if (read && content.text.size == 0)
        read = error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no text");
    read = read && deliver(document, &content, error);
    content_free(&content);
    return read;
}
