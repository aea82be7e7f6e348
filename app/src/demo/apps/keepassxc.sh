program=keepassxc package=keepassxc id=org.keepassxc.KeePassXC.desktop template=keepassxc name='KeePassXC (Qt)'
use() {
    printf 'garden\ngarden\n' | keepassxc-cli db-create -q -p "$HOME/Documents/keys.kdbx"
    printf 'garden\n' | keepassxc-cli mkdir -q "$HOME/Documents/keys.kdbx" Roses
    local before
    before=$(md5sum < "$HOME/Documents/keys.kdbx")
    step 'open a password file'
    open_app "$HOME/Documents/keys.kdbx"
    window 'KeePassXC' 60 3
    shot start
    step 'unlock it'
    words 'garden'
    keys Return
    window 'keys'
    step 'add an entry, save'
    keys ctrl+n
    sleep 1
    words 'gate'
    keys ctrl+Return ctrl+s
    sleep 1
    shot used
    until_true 10 changed "$before"
}
changed() { [ "$1" != "$(md5sum < "$HOME/Documents/keys.kdbx")" ]; }
