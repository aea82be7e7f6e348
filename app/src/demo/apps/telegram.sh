program=telegram-desktop package=telegram-desktop id=org.telegram.desktop.desktop template=telegram name='Telegram (Qt)'
use() {
    step 'start'
    open_app
    window 'Telegram' 60 5
    until_true 20 test -d "$HOME/.local/share/TelegramDesktop/tdata"
    step 'up to signing in, which needs its network'
    at -430 -205
    sleep 5
    shot used
}
