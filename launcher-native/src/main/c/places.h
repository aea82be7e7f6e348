/* Where Landgrant keeps its things, and what no policy can grant. */
#ifndef LANDGRANT_PLACES_H
#define LANDGRANT_PLACES_H

#include <stdbool.h>
#include <stddef.h>

enum { APP_ID_BYTES = 255, SECRET_DIGITS = 64 };

struct places {
    char *data;    /* $XDG_DATA_HOME/landgrant */
    char *runtime; /* the folder of the agent's socket; in `data` without XDG_RUNTIME_DIR */
    char *buses;   /* beside the folder of the agent's socket, or beside `data`: sockets of sessions' buses */
    char *agent;   /* the program that starts the agent */
    /* Where other environments of this user have these folders; NULL when not known. */
    char *home_data;    /* by HOME */
    char *user_data;    /* by the password file */
    char *user_runtime; /* /run/user/UID/landgrant */
};

/* From the environment, else the password file; dies with a sentence when there is no home. */
struct places places_find(void);

/* The same for a session that needs none of them: a user without a home has none. */
struct places places_find_any(void);

/* Whether this is the file name of a menu entry: "x.desktop", no slash, no control characters. */
bool is_app_id(const char *word);

/* What a person typed as an app's ID, whose ".desktop" may be left out; NULL when it is none. */
char *app_id_of(char *word);

/* The canonical path of an O_PATH descriptor in `path` (PATH_BYTES); false when it has none. */
bool path_of_fd(int fd, char *path);

/*
 * The secret that proves to the agent that we are not a confined app; made when there is none. 64 digits and
 * a NUL. False with a sentence in `problem`.
 */
bool read_secret(const struct places *places, char secret[SECRET_DIGITS + 1], char *problem,
                 size_t problem_bytes);

/* Connects to the agent's socket; the peer is this user. -1 and errno when no agent is there, EACCES when it
 * must not be reached from here. Non-blocking,
 * close-on-exec. */
int connect_agent(const struct places *places);

/* The text of the app's last written policy; NULL with errno ENOENT when there is none. Caller frees. */
char *read_last_policy(const struct places *places, const char *app, size_t *length);

/* Makes a folder of mode 0700 and its missing parents. 0 or -1 and errno. */
int make_folders(const char *path);

/* Opens (O_PATH) a real folder of this user that is closed to others. -1 and errno; EPERM when it is not. */
int open_own_folder(const char *path);

#endif
