program=gimp package=gimp id=gimp.desktop template=gimp name='GIMP'
use() {
    cp "$made/photo.png" "$HOME/Pictures/"
    step 'open a photo from Pictures'
    open_app "$HOME/Pictures/photo.png"
    window 'photo' 120 4
    shot start
    step 'turn its colours round'
    keys alt+c v Return
    sleep 2
    step 'export it in Pictures'
    keys ctrl+shift+e
    window 'Export Image'
    keys ctrl+a
    words "$HOME/Pictures/turned.png"
    keys Return
    window 'Export Image as' 30 2
    keys Return
    until_true 30 test -s "$HOME/Pictures/turned.png"
    until_true 10 blue "$HOME/Pictures/turned.png"
    shot used
}
# What was orange before.
blue() { [ "$(convert "$1" -depth 8 -format '%[hex:p{0,0}]' info:)" = 005AFF ]; }
