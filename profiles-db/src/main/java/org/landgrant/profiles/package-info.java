/**
 * H2 behind GrantBook; migrations; templates.
 *
 * <h2>Template files</h2>
 *
 * UTF-8 text, one line a statement; empty lines and lines that begin with {@code #} are for people. The
 * file is called by the template's name, a lower-case word, and {@code .template}.
 *
 * <pre>
 * title Web browser            what people read; needed once
 * extends base                 begins with everything of another template
 * match id firefox-esr         the apps it is for: desktop ID without .desktop,
 * match program firefox-esr    name or absolute path of the program,
 * match category WebBrowser    value of Categories
 *
 * read PLACE                   read
 * read+execute PLACE           read, run
 * write PLACE                  read, change, create, remove
 * own PLACE                    as write, and the folder is made before launch
 * own+execute PLACE            as own, and run
 * device gpu                   use a device
 * service x11                  use a desktop service
 * connect 443, connect any     TCP
 * listen 9150
 * udp any                      UDP, also for finding servers by name
 * bus talk NAME                talk to a name on the session bus; at its end may stand .*
 * bus own NAME                 have that name
 * ask GRANT # REASON           not granted, but may be wanted; what becomes of the app without it
 * in ja REASON                 the reason above in another language
 * unset NAME, unset NAME*      environment variables the app does not get
 * set NAME VALUE               environment variables with another value, which may begin as a PLACE does
 * private-tmp                  a temporary folder of its own
 * settings NAME                a file in $XDG_CONFIG_HOME that the app replaces at each save, as KDE's do: the app
 *                              gets a folder of its own in the place of that one
 * </pre>
 *
 * A PLACE is a path as in {@link org.landgrant.grants.Resource.Place} or {@code folder:download}, as
 * in {@link org.landgrant.grants.Resource.Folder}. After a grant, a space, {@code #} and a space may stand
 * what it is for, in words; so a path in a template cannot hold {@code " # "}. Of several grants for one
 * resource the later file wins. Unknown words are refused with file and line.
 */
@NullMarked
package org.landgrant.profiles;

import org.jspecify.annotations.NullMarked;
