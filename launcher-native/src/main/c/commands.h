/* What the subcommands do. Each returns an exit status; session commands may leave by the app's signal. */
#ifndef LANDGRANT_COMMANDS_H
#define LANDGRANT_COMMANDS_H

#include <stdbool.h>

#include "places.h"

/* landgrant run …: words follow `run`. Or landrun …, which is the same in landrun's way. */
int command_run(char **words, bool landrun);

/* landgrant launch ID …: the whole command line, because a session may start itself again. */
int command_launch(char **argv);

/* landgrant agent …: becomes the agent, ends it, or says whether it runs. */
int command_agent(char **argv);

/* landgrant [show [APP]]: the agent shows the window; it is started where none runs. Words begin with `show`.
 */
int command_settings(char **words);

/* landgrant ask: shows what apps ask in the terminal, and reads the answers there, until it is told to end.
 */
int command_ask(char **words);

/* Everything else: the agent knows; prints what it says. Words are what followed `landgrant`. */
int command_client(char **words);

#endif
