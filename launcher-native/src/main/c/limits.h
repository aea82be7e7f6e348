/*
 * The launcher opens every path of a policy at once, so it raises its own limit of open files as far as it
 * may, and gives everybody it starts the limit it was started with. Likewise the umask: whatever it is, the
 * launcher can use the folders it makes, and nobody else can.
 */
#ifndef LANDGRANT_LIMITS_H
#define LANDGRANT_LIMITS_H

void limits_raise(void);

/* Undoes limits_raise(); open files stay open. */
void limits_restore(void);

#endif
