# Participants without a name: the lexicon's heads, their sector and country.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

# reads LANGUAGE TEXT
reads() {
    printf '%s\n' "$2" >"$scratch/report.txt"
    runs 0 "$RELATO" read --format json -l "$1" "$scratch/report.txt"
}

# The longest form that begins at the noun.
reads pt 'Os manifestantes atacaram forças de segurança e soldados da Síria.'
says out '"type":"group","named":false,"name":"manifestantes"'
says out '"name":"forças de segurança","country":"SYR","sector":"COP"'
says out '"name":"soldados da Síria","country":"SYR","sector":"MIL"'

# The longest form that ends at the noun: "forces" alone would be soldiers.
reads en 'Peruvian security forces and rebel commanders met near Ayacucho on Monday.'
says out '"type":"group","named":false,"name":"Peruvian security forces","country":"PER","sector":"COP"'
says out '"name":"rebel commanders","country":"PER","sector":"REB"'

# A head of participants begins a name none the less.
reads es 'La Policía Foral detuvo a dos policías.'
says out '"type":"organisation","named":true,"name":"Policía Foral"'
says out '"type":"group","named":false,"name":"policías"'
finish
