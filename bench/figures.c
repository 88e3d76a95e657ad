/* Tells how fast tokens become numerals, times and figures, on one core.
 *
 * usage: figures KNOWLEDGE [LANGUAGE FILE]
 *
 * Without a file it takes a paragraph of its own in each language, as reports of
 * some 2 kB. Of each text the tokens are made once and do not count. */
#include <stdio.h>
#include <time.h>

#include "core/buffer.h"
#include "number/number.h"
#include "quantity/quantity.h"
#include "syntax/tokens.h"
#include "time/time.h"

static const struct {
    const char *language, *paragraph;
} samples[] = {
    { "pt",
      "O ministro das Obras Públicas, João Sá, disse ontem que a ponte do Vale, fechada desde 3 de março, só reabre "
      "em setembro: \"Faltam-nos 1,5 milhões de euros\", explicou à saída da reunião com os representantes das juntas "
      "da margem esquerda, que há muito pedem obras. Segundo a câmara, os autocarros passam agora pela outra margem, o "
      "que custa cerca de 20 mil euros por mês. Os moradores, mais de três mil, queixam-se do ruído e do pó; o dono do "
      "café diz que perdeu metade dos clientes e que vai fechar a casa se nada mudar até ao fim do ano.\n" },
    { "es",
      "El ministro de Obras Públicas, Juan Peña, dijo ayer al alcalde que el puente del Valle, cerrado desde el 3 de "
      "marzo, no volverá a abrirse hasta septiembre: «Nos faltan 1,5 millones de euros», explicó al salir de la "
      "reunión "
      "con los representantes de los barrios de la orilla izquierda, que piden obras desde hace años. Según el "
      "Ayuntamiento, los autobuses pasan ahora por la otra orilla, lo que cuesta unos 20.000 dólares al mes. Los "
      "vecinos, más de tres mil, se quejan del ruido y del polvo y preguntan quién podrá resolverlo.\n" },
    { "en",
      "The public works minister, John Sable, said yesterday that the Vale bridge, closed since March 3, would not "
      "reopen before September: \"We are 1.5 million euros short,\" he explained after a meeting with the people of "
      "the "
      "left bank, who have asked for repairs for years. The town council says its buses now use the other road, which "
      "costs about $20,000 a month. Residents, more than 3,000 of them, complain of noise and dust; a café owner says "
      "that he has lost half of his customers and will close at the end of the year unless something changes.\n" },
};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Runs one stage on the document again and again for a third of a second;
 * returns the seconds of one run. What the stage makes is forgotten each time. */
static double time_of(void (*stage)(Document *document, const Language *language), const Document *document,
                      const Language *language, Arena *scratch, Document *result)
{
    size_t runs = 0;
    double start = seconds(), taken;
    do {
        arena_reset(scratch);
        *result = *document;
        result->arena = scratch;
        stage(result, language);
        runs++;
        taken = seconds() - start;
    } while (taken < 0.33);
    return taken / (double)runs;
}

static void run(Arena arenas[4], const Language *language, Str text)
{
    Document tokens = { .arena = &arenas[0], .text = text, .meta.published = { "2023-10-04", 10 } }, numerals, times,
             figures;
    tokens_stage(&tokens, language);
    double number = time_of(number_stage, &tokens, language, &arenas[1], &numerals);
    double time = time_of(time_stage, &numerals, language, &arenas[2], &times);
    double figure = time_of(quantity_stage, &times, language, &arenas[3], &figures);
    printf(
        "figures %s  %5.1f MB/s  (numerals %5.1f, times %5.1f, figures %5.1f)  %zu numerals, %zu times, %zu figures\n",
        language->code, 1e-6 * (double)text.size / (number + time + figure), 1e-6 * (double)text.size / number,
        1e-6 * (double)text.size / time, 1e-6 * (double)text.size / figure, numerals.numeral_count, times.time_count,
        figures.quantity_count);
}

static Str file_content(Buffer *buffer, const char *name)
{
    FILE *file = fopen(name, "rb");
    size_t got;
    for (char *at; file && (at = buffer_reserve(buffer, 1 << 16)) && (got = fread(at, 1, 1 << 16, file)) > 0;)
        buffer->size += got;
    if (file)
        fclose(file);
    return buffer_str(buffer);
}

int main(int count, char **arguments)
{
    RelatoError error;
    RelatoKnowledge *knowledge = count == 2 || count == 4 ? relato_knowledge_open(arguments[1], NULL, 0, &error) : NULL;
    if (!knowledge) {
        fprintf(stderr, "usage: figures KNOWLEDGE [LANGUAGE FILE]\n");
        return 2;
    }
    jmp_buf escape;
    Arena arenas[4];
    if (setjmp(escape) != 0)
        return 1;
    for (size_t i = 0; i < 4; i++)
        arena_init(&arenas[i], 0, &escape);
    for (size_t i = 0; i < (count == 4 ? 1 : sizeof samples / sizeof *samples); i++) {
        Buffer buffer = { 0 };
        const Language *language =
            knowledge_language(knowledge, str_of(count == 4 ? arguments[2] : samples[i].language));
        while (count == 2 && buffer.size < 2000 && !buffer.failed)
            buffer_add(&buffer, str_of(samples[i].paragraph));
        Str text = count == 4 ? file_content(&buffer, arguments[3]) : buffer_str(&buffer);
        if (language && text.size)
            run(arenas, language, text);
        buffer_free(&buffer);
    }
    for (size_t i = 0; i < 4; i++)
        arena_free(&arenas[i]);
    relato_knowledge_close(knowledge);
    return 0;
}
