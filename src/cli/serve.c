/* relato serve: an archive as pages and as an API. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/input.h"

enum { USUAL_PORT = 8710 };

/* Serves until it is told to end. */
static int serve(const char *file, const RelatoKnowledge *knowledge, const RelatoServeOptions *options)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, NULL); /* before the server's threads begin */
    RelatoError error = { RELATO_OK };
    RelatoServer *server = relato_server_start(file, knowledge, options, &error);
    if (!server) {
        fprintf(stderr, "relato: %s: %s\n", file, error.message);
        return CLI_FAILED;
    }
    if (!relato_server_has_pages(server))
        fputs("relato: the pages are not built, only the API is served; \"make web\" builds them\n", stderr);
    printf("http://%s:%u/\n", options->address ? options->address : "127.0.0.1", relato_server_port(server));
    fflush(stdout);
    int ended;
    sigwait(&ends, &ended);
    relato_server_stop(server);
    return CLI_DONE;
}

static const char help[] = "Usage: relato serve [OPTION]... ARCHIVE\n"
                           "Shows an archive in the browser: what happened, when, where, how many, who says so,\n"
                           "and the words it rests on. Nothing is changed, and nothing is asked of any other\n"
                           "host. Prints the address; ends with Ctrl-C. The API is told in /openapi.json.\n"
                           "\n"
                           "      --port N           port (default 8710; 0: any that is free)\n"
                           "      --address ADDRESS  listen there (default 127.0.0.1: this machine alone)\n"
                           "  -L, --lexicon DIR      adds to and overrules the lexicon; may be repeated\n"
                           "  -h, --help\n"
                           "\n"
                           "  relato serve war.relato\n"
                           "  curl -s 'http://127.0.0.1:8710/api/events?country=UKR&limit=5' | jq .\n";

enum { OPTION_PORT = OPTION_OWN, OPTION_ADDRESS };

static const struct option long_options[] = {
    { "port", required_argument, NULL, OPTION_PORT },
    { "address", required_argument, NULL, OPTION_ADDRESS },
    { "lexicon", required_argument, NULL, 'L' },
    { "help", no_argument, NULL, 'h' },
    { 0 },
};

int cli_serve(int count, char **arguments)
{
    Input input = input_new();
    RelatoServeOptions options = { .port = USUAL_PORT };
    for (int option; (option = getopt_long(count, arguments, "L:h", long_options, NULL)) != -1;) {
        long port;
        switch (option) {
        case 'h':
            fputs(help, stdout);
            return CLI_DONE;
        case OPTION_PORT:
            port = optarg[0] == '0' && !optarg[1] ? 0 : positive(optarg, 65535);
            if (port < 0)
                return wrong_usage("serve", "not a port from 0 to 65535:", optarg);
            options.port = (unsigned)port;
            break;
        case OPTION_ADDRESS:
            options.address = optarg;
            break;
        default:
            if (option == '?' || input_apply(&input, "serve", option, optarg) != CLI_DONE)
                return CLI_USAGE;
        }
    }
    if (optind + 1 != count)
        return wrong_usage("serve", optind == count ? "no ARCHIVE" : "one ARCHIVE alone", NULL);
    RelatoKnowledge *knowledge = input_knowledge(&input);
    if (!knowledge)
        return CLI_FAILED;
    int status = serve(arguments[optind], knowledge, &options);
    relato_knowledge_close(knowledge);
    return status;
}
