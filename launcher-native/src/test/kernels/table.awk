# Results of several kernels, one file each, side by side: table.txt, table.md, and the verdict as exit status.
# Lines are described in checks.c.
BEGIN { FS = "\t" }

FNR == 1 {
    column = FILENAME
    sub(/.*\//, "", column)
    sub(/\.results$/, "", column)
    columns[++column_count] = column
}
$1 == "kernel"  { kernel[column] = $2 }
$1 == "abi"     { abi[column] = $2 }
$1 == "not-run" { not_run[column] = $2 }
$1 == "note"    { notes[++note_count] = column ": " $2 }
$1 == "done" && $3 !~ /^[01]$/ {
    failures++
    notes[++note_count] = column ": FAILED, the " $2 " ended with " $3
}
$1 == "end"     { promised[column] += $2 }
$1 == "off"     { complete[column] = 1 }
$1 == "check" {
    row = $2
    if (!(row in seen)) {
        seen[row] = 1
        rows[++row_count] = row
    }
    cell[column, row] = $3
    counted[column]++
    if ($3 == "FAILED") {
        failures++
        notes[++note_count] = column ", " $2 ": " $4
    }
    if ($3 ~ /^not possible/) {
        notes[++note_count] = column ", " $2 ": " $4
    }
}

function heading(column) {
    if (column in not_run) return column
    return "Linux " kernel[column] (column == "running" ? " (running)" : "")
}
function level(column) {
    return column in not_run ? "not run" : abi[column] == 0 ? "no Landlock" : "Landlock " abi[column]
}
function value(column, row) {
    if (column in not_run) return "not run"
    return (column, row) in cell ? cell[column, row] : "–"
}
function pad(text, width) { return sprintf("%-" width "s", text) }

END {
    text = OUT "/table.txt"
    markdown = OUT "/table.md"
    printf "" > text
    printf "" > markdown
    for (c = 1; c <= column_count; c++) {
        column = columns[c]
        if (column in not_run) {
            missing = missing (missing == "" ? "" : "; ") column " (" not_run[column] ")"
            continue
        }
        ran++
        if (!complete[column] || counted[column] != promised[column]) {
            failures++
            notes[++note_count] = column ": FAILED, it did not come to its end (" counted[column] + 0 " results; see its console)"
        }
    }
    for (c = 1; c <= column_count; c++) {
        width[c] = length(heading(columns[c]))
        for (r = 1; r <= row_count; r++) {
            if (length(value(columns[c], rows[r])) > width[c]) width[c] = length(value(columns[c], rows[r]))
        }
    }
    for (r = 1; r <= row_count; r++) {
        if (length(rows[r]) > widest) widest = length(rows[r])
    }
    line = pad("", widest)
    second = line
    head = "| |"
    levels = "| |"
    rule = "| --- |"
    for (c = 1; c <= column_count; c++) {
        line = line "  " pad(heading(columns[c]), width[c])
        second = second "  " pad(level(columns[c]), width[c])
        head = head " " heading(columns[c]) " |"
        levels = levels " " level(columns[c]) " |"
        rule = rule " --- |"
    }
    print line > text
    print second > text
    print head "\n" rule "\n" levels > markdown
    for (r = 1; r <= row_count; r++) {
        line = pad(rows[r], widest)
        md = "| " rows[r] " |"
        for (c = 1; c <= column_count; c++) {
            line = line "  " pad(value(columns[c], rows[r]), width[c])
            md = md " " value(columns[c], rows[r]) " |"
        }
        print line > text
        print md > markdown
    }
    print "\nworks: what is granted works. kernel: refused, and this kernel's Landlock has the right for it. launcher: refused by the launcher alone.\n" \
        "missing, said: not refused, and the launcher said so before. not started: the launcher refused to start anything.\n" \
        "not possible here: this kernel cannot do it at all, not even unconfined." > text
    print "\n*works*: what is granted works. *kernel*: refused, and this kernel's Landlock has the right for it.\n" \
        "*launcher*: refused by the launcher alone. *missing, said*: not refused, and the launcher said so before.\n" \
        "*not started*: the launcher refused to start anything. *not possible here*: this kernel cannot do it at all, not even unconfined.\n" > markdown
    for (n = 1; n <= note_count; n++) {
        print notes[n] > text
        print "- " notes[n] > markdown
    }
    close(text)
    close(markdown)
    while ((getline line < text) > 0) print line
    printf "%d kernels run, %s%s\n", ran, failures == 0 ? "no failure" : failures == 1 ? "1 failure" : failures " failures",
        missing == "" ? "" : "; not run: " missing
    exit failures > 0
}
