needs='certutil=libnss3-tools openssl=openssl chromium=chromium /usr/lib/python3*/imaplib.py=python3'
program=thunderbird package=thunderbird id=thunderbird.desktop template=thunderbird links=yes name='Thunderbird'
use() {
    have_browser
    . "$made/ports"
    cp "$made/letter.eml" "$HOME/Downloads/"
    step 'open a mail from Downloads'
    open_app "$HOME/Downloads/letter.eml"
    window 'The garden' 120 6
    shot start
    keys ctrl+q
    until_true 30 no_window 'Thunderbird'
    account
    local post
    post=$(dirname "$made")/apps/post.py
    python3 "$post" send "$smtp" "$made/photo.png"
    step 'sign in, fetch a letter'
    open_app
    window 'Enter your password' 60
    words 'garden'
    keys Return
    window 'ada@garden.localhost' 60 5
    shot account
    until_true 40 inbox
    keys n
    step 'open it'
    keys Return
    window '^The roses' 20 3
    shot letter
    step 'reply'
    keys ctrl+r
    window 'Write: Re: The roses' 20 3
    words 'Thank you, Grace.'
    shot reply
    keys ctrl+Return
    until_true 30 python3 "$post" got "$imap" 'Thank you, Grace.'
    step 'save its picture in Downloads (past its note that it cannot list the home folder)'
    window '^The roses' 20
    at -45 -42
    window 'Save Attachment' 20 3
    shot save
    keys Return # a note of its own: it shows the home folder first, and cannot list it
    keys ctrl+a
    words "$HOME/Downloads/roses.png"
    keys Return
    until_true 20 cmp "$made/photo.png" "$HOME/Downloads/roses.png"
    step 'open its link in the browser'
    window '^The roses' 20
    at 290 187
    link_opened
    shot used
}

# Its place in the list is another one until the folders have arrived.
inbox() {
    at 127 176
    sleep 2
    has_window '^Inbox'
}

# Her account, as the assistant for new ones would have left it.
account() {
    local profile
    profile=$(dirname "$(ls "$HOME"/.thunderbird/*/prefs.js)")
    cat > "$profile/user.js" << TEXT
user_pref("mail.accountmanager.accounts", "account9,account8");
user_pref("mail.accountmanager.defaultaccount", "account9");
user_pref("mail.accountmanager.localfoldersserver", "server8");
user_pref("mail.account.account8.server", "server8");
user_pref("mail.server.server8.type", "none");
user_pref("mail.server.server8.hostname", "Local Folders");
user_pref("mail.server.server8.name", "Local Folders");
user_pref("mail.server.server8.userName", "nobody");
user_pref("mail.server.server8.directory-rel", "[ProfD]Mail/Local Folders");
user_pref("mail.account.account9.server", "server9");
user_pref("mail.account.account9.identities", "id9");
user_pref("mail.server.server9.type", "imap");
user_pref("mail.server.server9.name", "ada@garden.localhost");
user_pref("mail.server.server9.hostname", "localhost");
user_pref("mail.server.server9.port", $imap);
user_pref("mail.server.server9.userName", "ada");
user_pref("mail.server.server9.socketType", 0);
user_pref("mail.server.server9.authMethod", 3);
user_pref("mail.server.server9.login_at_startup", true);
user_pref("mail.server.server9.directory-rel", "[ProfD]ImapMail/localhost");
user_pref("mail.identity.id9.fullName", "Ada");
user_pref("mail.identity.id9.useremail", "ada@garden.localhost");
user_pref("mail.identity.id9.smtpServer", "smtp9");
user_pref("mail.identity.id9.compose_html", false);
user_pref("mail.identity.id9.valid", true);
user_pref("mail.smtpservers", "smtp9");
user_pref("mail.smtp.defaultserver", "smtp9");
user_pref("mail.smtpserver.smtp9.hostname", "localhost");
user_pref("mail.smtpserver.smtp9.port", $smtp);
user_pref("mail.smtpserver.smtp9.try_ssl", 0);
user_pref("mail.smtpserver.smtp9.authMethod", 1);
user_pref("mail.openMessageBehavior", 0);
user_pref("mail.warn_on_send_accel_key", false);
user_pref("mailnews.start_page_override.mstone", "ignore");
user_pref("mailnews.start_page.enabled", false);
user_pref("mail.shell.checkDefaultClient", false);
TEXT
}
