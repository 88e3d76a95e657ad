/* Tells how fast text becomes sentences, tokens and words, on one core.
 *
 * usage: tokens KNOWLEDGE [LANGUAGE FILE]
 *
 * Without a file it takes a paragraph of its own in each language, as reports of
 * some 2 kB and as one of 1 MB. */
#include <stdio.h>
#include <time.h>

#include "core/buffer.h"
#include "syntax/tokens.h"

static const struct {
    const char *language, *paragraph;
} samples[] = {
    { "pt",
      "O ministro das Obras Públicas, João Sá, disse-lhe ontem que a ponte do Vale, fechada desde 3 de março, só "
      "reabre em setembro: \"Faltam-nos 1,5 milhões de euros\", explicou à saída da reunião. Segundo a câmara, 12% "
      "dos autocarros passam pela margem esquerda, o que custa cerca de R$ 20 mil por mês. Os moradores – mais de "
      "três mil – queixam-se; o Sr. Dias, dono de um café, diz que perdeu metade dos clientes. Far-se-á justiça?\n" },
    { "es",
      "El ministro de Obras Públicas, Juan Peña, le dijo ayer al alcalde que el puente del Valle, cerrado desde el 3 "
      "de marzo, no volverá a abrirse hasta septiembre: «Nos faltan 1,5 millones de euros», explicó al salir de la "
      "reunión. Según el Ayuntamiento, un 12% de los autobuses pasa por la orilla izquierda, lo que cuesta unos "
      "20.000 dólares al mes. Los vecinos, más de tres mil, llevan semanas quejándose. ¿Quién podrá resolverlo?\n" },
    { "en",
      "The public works minister, John Sable, told him yesterday that the Vale bridge, closed since March 3, won't "
      "reopen before September: \"We're 1.5 million euros short,\" he said after a two-hour meeting. The town's "
      "council says 12% of its buses now use the left-bank road, which costs about $20,000 a month. Residents - more "
      "than 3,000 of them - don't hide their anger; Mr. Day, a café owner, has lost half of his customers.\n" },
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static Str repeat(Buffer *buffer, Str s, size_t size)
{
    while (buffer->size < size && !buffer->failed)
        buffer_add(buffer, s);
    return buffer_str(buffer);
}

/* Runs the stage on the text again and again for a second. */
static void run(Arena *arena, const Language *language, Str text, const char *name)
{
    size_t bytes = 0, tokens = 0, sentences = 0;
    double start = seconds(), taken;
    do {
        arena_reset(arena);
        Document document = { .arena = arena, .text = text };
        tokens_stage(&document, language);
        bytes += text.size;
        tokens += document.token_count;
        sentences += document.sentence_count;
        taken = seconds() - start;
    } while (taken < 1);
    printf("tokens %s %-12s %6.1f MB/s  %6.1f million tokens/s  %4.1f tokens a sentence\n", language->code, name,
           1e-6 * (double)bytes / taken, 1e-6 * (double)tokens / taken, (double)tokens / (double)sentences);
}

static void measure(const Language *language, Str text, const char *name)
{
    Arena arena;
    jmp_buf escape;
    arena_init(&arena, 0, &escape);
    if (setjmp(escape) == 0)
        run(&arena, language, text, name);
    else
        fputs("out of memory\n", stderr);
    arena_free(&arena);
}

static int measure_samples(const RelatoKnowledge *knowledge)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const Language *language = knowledge_language(knowledge, str_of(samples[i].language));
        Buffer small = { 0 }, large = { 0 };
        if (!language)
            return 1;
        measure(language, repeat(&small, str_of(samples[i].paragraph), 2000), "2 kB");
        measure(language, repeat(&large, str_of(samples[i].paragraph), 1000000), "1 MB");
        buffer_free(&small);
        buffer_free(&large);
    }
    return 0;
}

static int measure_file(const RelatoKnowledge *knowledge, const char *code, const char *name)
{
    const Language *language = knowledge_language(knowledge, str_of(code));
    FILE *file = fopen(name, "rb");
    Buffer buffer = { 0 };
    size_t got;
    if (!language || !file)
        return 1;
    for (char *at; (at = buffer_reserve(&buffer, 1 << 16)) && (got = fread(at, 1, 1 << 16, file)) > 0;)
        buffer.size += got;
    fclose(file);
    measure(language, buffer_str(&buffer), "file");
    buffer_free(&buffer);
    return 0;
}

int main(int count, char **arguments)
{
    RelatoError error;
    if (count != 2 && count != 4) {
        fputs("usage: tokens KNOWLEDGE [LANGUAGE FILE]\n", stderr);
        return 2;
    }
    RelatoKnowledge *knowledge = relato_knowledge_open(arguments[1], NULL, 0, &error);
    if (!knowledge) {
        fprintf(stderr, "%s\n", error.message);
        return 1;
    }
    int status = count == 2 ? measure_samples(knowledge) : measure_file(knowledge, arguments[2], arguments[3]);
    relato_knowledge_close(knowledge);
    return status;
}
