#include "page/page.h"

#include "core/utf8.h"
#include "page/content.h"
#include "page/encoding.h"
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

/* Plain text or a web page, in any encoding. */
static bool read_text(Content *content, Str bytes, RelatoFormat format, const PageHints *hints, Error *error)
{
    const char *binary = recognise_binary(bytes);
    if (binary)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is %s", binary);
    Buffer converted = { 0 };
    Str text;
    bool is_page = format == RELATO_FORMAT_HTML || (format == RELATO_FORMAT_AUTO && recognise_html(bytes));
    bool read = encoding_to_utf8(bytes, is_page, (Str){ NULL, 0 }, &converted, &text, error);
    /* Markup in UTF-16 is seen only now. */
    is_page = is_page || (read && format == RELATO_FORMAT_AUTO && recognise_html(text));
    if (read && is_page)
        read = content_html(content, text, hints, error);
    else if (read)
        content_text(content, text);
    buffer_free(&converted);
    return read;
}

static bool read_content(Content *content, const RelatoRecord *record, const PageHints *hints, Error *error)
{
    Str bytes = { record->bytes, record->size };
    if (bytes.size == 0)
        return error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "is empty");
    if (bytes.size > RECORD_LIMIT)
        return error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "is larger than %zu MB", RECORD_LIMIT >> 20);
    if (record->format == RELATO_FORMAT_JSON || (record->format == RELATO_FORMAT_AUTO && recognise_json(bytes)))
        return content_json(content, bytes, hints, error);
    return read_text(content, bytes, record->format, hints, error);
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
    return delivered_all ||
           error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "its text takes more memory than there is for it");
}

bool page_read(Document *document, const RelatoRecord *record, const PageHints *hints, Error *error)
{
    Content content = { 0 };
    bool read = read_content(&content, record, hints, error);
    if (read && content_failed(&content))
        read = error_set(error, RELATO_ERROR_MEMORY, 0, SIZE_MAX, "out of memory");
    if (read && content.text.size > RELATO_REPORT_LIMIT)
        read = error_set(error, RELATO_ERROR_LIMIT, 0, SIZE_MAX, "its text is longer than %u MB",
                         RELATO_REPORT_LIMIT >> 20);
    if (read && content.text.size == 0)
        read = error_set(error, RELATO_ERROR_INPUT, 0, SIZE_MAX, "it holds no text");
    read = read && deliver(document, &content, error);
    content_free(&content);
    return read;
}
