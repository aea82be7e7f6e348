/*
 * Preloaded into `gio launch`: prints the command lines that GLib would start instead of starting them, and lets
 * GLib find every program, so that menu entries of packages that are not installed can be asked about.
 * A command line is its number of words and then the words, each ended by a NUL.
 *
 * Source of the signatures: GLib 2.68, gspawn.h and gutils.h.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int say(char **words)
{
    size_t count = 0;
    while (words[count])
        count++;
    printf("%zu%c", count, '\0');
    for (size_t i = 0; i < count; i++)
        fwrite(words[i], 1, strlen(words[i]) + 1, stdout);
    return fflush(stdout) == 0;
}

char *g_find_program_in_path(const char *program)
{
    return strdup(program);
}

int g_spawn_async(const char *folder, char **words, char **environment, int flags, void (*setup)(void *),
                  void *data, int *child, void **error)
{
    (void)folder, (void)environment, (void)flags, (void)setup, (void)data, (void)error;
    if (child)
        *child = getpid();
    return say(words);
}

int g_spawn_async_with_fds(const char *folder, char **words, char **environment, int flags, void (*setup)(void *),
                           void *data, int *child, int in, int out, int err, void **error)
{
    (void)in, (void)out, (void)err;
    return g_spawn_async(folder, words, environment, flags, setup, data, child, error);
}
