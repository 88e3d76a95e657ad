/* Runs a command again and again and tells the median of its wall-clock time:
 *     start [--runs N] COMMAND [ARGUMENT]...
 * Its standard output is thrown away. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_RUNS = 1000 };

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double run(char **command)
{
    double begin = seconds();
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        execvp(command[0], command);
        perror(command[0]);
        _exit(127);
    }
    int status;
    if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) {
        fprintf(stderr, "start: %s failed\n", command[0]);
        exit(EXIT_FAILURE);
    }
    return seconds() - begin;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int count, char **arguments)
{
    static double times[MOST_RUNS];
    int runs = 21, first = 1;
    if (count > 2 && !strcmp(arguments[1], "--runs")) {
        runs = atoi(arguments[2]);
        first = 3;
    }
    if (first >= count || runs < 1 || runs > MOST_RUNS) {
        fputs("usage: start [--runs N] COMMAND [ARGUMENT]...\n", stderr);
        return 2;
    }
    for (int i = 0; i < runs; i++)
        times[i] = run(arguments + first);
    qsort(times, (size_t)runs, sizeof *times, by_size);
    printf("%.1f ms a run (median of %d)\n", 1000 * times[runs / 2], runs);
    return EXIT_SUCCESS;
}
