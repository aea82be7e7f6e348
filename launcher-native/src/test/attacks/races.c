#include "outside.h"
int races_main(const char *launcher, long tries, const char *only, const char *folder) {
    (void)launcher;
    (void)tries;
    (void)only;
    (void)folder;
    return 2;
}
int races_inside(char **words) {
    (void)words;
    return 2;
}
