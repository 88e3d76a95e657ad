#include "page/recognise.h"

/* A literal of bytes, zeros included. */
#define MAGIC(literal)                                                                                                 \
    {                                                                                                                  \
        "" literal, sizeof(literal) - 1                                                                                \
    }

static const struct {
    Str magic;
    size_t at;
    const char *kind;
} kinds[] = {
    { MAGIC("%PDF-"), 0, "a PDF document" },
    { MAGIC("PK\3\4"), 0, "a zip archive or a document of an office program" },
    { MAGIC("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), 0, "a document of an office program" },
    { MAGIC("{\\rtf"), 0, "a document in rich text format" },
    { MAGIC("%!PS"), 0, "a PostScript document" },
    { MAGIC("\x89PNG\r\n\x1A\n"), 0, "a PNG image" },
    { MAGIC("\xFF\xD8\xFF"), 0, "a JPEG image" },
    { MAGIC("GIF87a"), 0, "a GIF image" },
    { MAGIC("GIF89a"), 0, "a GIF image" },
    { MAGIC("II*\0"), 0, "a TIFF image" },
    { MAGIC("MM\0*"), 0, "a TIFF image" },
    { MAGIC("WEBP"), 8, "a WebP image" },
    { MAGIC("AVI "), 8, "an AVI video" },
    { MAGIC("WAVE"), 8, "a WAV recording" },
    { MAGIC("ftyp"), 4, "an MP4 video" },
    { MAGIC("\x1A\x45\xDF\xA3"), 0, "a Matroska video" },
    { MAGIC("ID3"), 0, "an MP3 recording" },
    { MAGIC("OggS"), 0, "an Ogg recording" },
    { MAGIC("fLaC"), 0, "a FLAC recording" },
    { MAGIC("\x1F\x8B\x08"), 0, "gzip data, packed twice" },
    { MAGIC("\x28\xB5\x2F\xFD"), 0, "zstd data, packed twice" },
    { MAGIC("BZh"), 0, "bzip2 data" },
    { MAGIC("\xFD"
            "7zXZ\0"),
      0, "xz data" },
    { MAGIC("7z\xBC\xAF\x27\x1C"), 0, "a 7z archive" },
    { MAGIC("Rar!\x1A\7"), 0, "a RAR archive" },
    { MAGIC("ustar"), 257, "a tar archive" },
    { MAGIC("WARC/"), 0, "a web archive (WARC)" },
    { MAGIC("SQLite format 3\0"), 0, "an SQLite database" },
    { MAGIC("PAR1"), 0, "a Parquet table" },
    { MAGIC("\x7F"
            "ELF"),
      0, "a program" },
};

const char *recognise_binary(Str bytes)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        Str magic = kinds[i].magic;
        if (bytes.size >= kinds[i].at + magic.size && memcmp(bytes.at + kinds[i].at, magic.at, magic.size) == 0)
            return kinds[i].kind;
    }
    return NULL;
}

Str recognise_start(Str bytes)
{
    if (str_starts(bytes, STR("\xEF\xBB\xBF")))
        bytes = str_slice(bytes, 3, bytes.size);
    while (bytes.size && strchr(" \t\r\n\f", bytes.at[0]) && bytes.at[0])
        bytes = str_slice(bytes, 1, bytes.size);
    return bytes;
}

/* As str_starts, with the letters A to Z of `s` taken as small ones. */
static bool starts_folded(Str s, const char *prefix)
{
    for (size_t i = 0; prefix[i]; i++) {
        char c = i < s.size ? s.at[i] : '\0';
        if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != prefix[i])
            return false;
    }
    return true;
}

/* s behind the first `end`, or nothing if it is not there. */
static Str behind(Str s, const char *end)
{
    const char *found = memmem(s.at, s.size, end, strlen(end));
    return found ? str_slice(s, (size_t)(found - s.at) + strlen(end), s.size) : (Str){ NULL, 0 };
}

bool recognise_html(Str bytes)
{
    static const char *const elements[] = { "html",  "head",    "body",   "title",   "meta",      "link",
                                            "base",  "script",  "style",  "div",     "p",         "h1",
                                            "h2",    "article", "main",   "section", "header",    "nav",
                                            "table", "font",    "iframe", "a",       "b",         "br",
                                            "span",  "center",  "img",    "ul",      "blockquote" };
    Str s = recognise_start(bytes);
    for (;;) {
        if (starts_folded(s, "<!--"))
            s = recognise_start(behind(s, "-->"));
        else if (starts_folded(s, "<?xml"))
            s = recognise_start(behind(s, "?>"));
        else
            break;
    }
    if (starts_folded(s, "<!doctype html"))
        return true;
    if (!s.size || s.at[0] != '<')
        return false;
    s = str_slice(s, 1, s.size);
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        size_t length = strlen(elements[i]);
        if (starts_folded(s, elements[i]) && length < s.size && strchr(" \t\r\n\f/>", s.at[length]))
            return true;
    }
    return false;
}

bool recognise_fragment(Str page)
{
    static const char *const signs[] = { "!doctype", "html", "head", "body", "title", "meta", "link", "script" };
    Str s = str_slice(page, 0, page.size < 4096 ? page.size : 4096);
    for (size_t at = str_find_byte(s, '<', 0); at < s.size; at = str_find_byte(s, '<', at + 1))
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            if (starts_folded(str_slice(s, at + 1, s.size), signs[i]))
                return false;
    return true;
}

bool recognise_json(Str bytes)
{
    Str s = recognise_start(bytes);
    if (!s.size || s.at[0] != '{')
        return false;
    s = recognise_start(str_slice(s, 1, s.size));
    return s.size && (s.at[0] == '"' || s.at[0] == '}');
}

bool recognise_open_json(Str line)
{
    size_t depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < line.size; i++) {
        char c = line.at[i];
        if (c == '"')
            in_string = !in_string;
        else if (in_string)
            i += c == '\\';
        else if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && depth)
            depth--;
    }
    return depth > 0 && !in_string;
}
