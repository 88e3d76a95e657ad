# Places: where they are, and which of several that share a name is meant.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

# reads LANGUAGE TEXT
reads() {
    printf '%s\n' "$2" >"$scratch/report.txt"
    runs 0 "$RELATO" read --format json -l "$1" "$scratch/report.txt"
}

# A place of the lexicon, a country, and a town that only the gazetteer has.
reads pt 'O incêndio começou na Beira. O ciclone atravessou Moçambique. A ajuda veio de Tatuí, no Brasil.'
says out '"name":"Beira","country":"MOZ","sector":"","lat":-19.844,"lon":34.839,"geonames":1052373'
says out '"name":"Moçambique","country":"MOZ","sector":"","lat":-17.14,"lon":35.57,"geonames":1036973'
says out '"type":"place","named":true,"name":"Tatuí","country":"BRA"'

# Namesakes: the country that the report speaks of decides.
reads es 'La policía detuvo a dos hombres en Valdivia, al norte de Medellín. Colombia investiga.'
says out '"name":"Valdivia","country":"COL","sector":"","lat":7.294,"lon":-75.392,"geonames":3666333'
reads es 'La policía detuvo a dos hombres en Valdivia, al sur de Temuco. Chile investiga.'
says out '"name":"Valdivia","country":"CHL","sector":"","lat":-39.814,"lon":-73.246,"geonames":3868707'
reads en 'Two men were held in Northampton, Massachusetts. The United States attorney did not comment.'
says out '"name":"Northampton","country":"USA"'

# The place in which it lies follows; then it is one wherever it is named.
reads en 'Evansville, Indiana, was flooded. Residents left Evansville overnight.'
says out '"name":"Evansville","country":"USA"'
says out '"geonames":4257227,"mentions":[[0,10],[49,59]]'

# A person's name is none, although a town has it too.
reads pt 'A deputada Marta Tatuí falou em Brasília. Tatuí criticou o Brasil.'
says out '"type":"person","named":true,"name":"Marta Tatuí"'
grep -q '"type":"place","named":true,"name":"Tatuí"' "$scratch/out" && fail "a surname became a place"

# A name that the gazetteer has in one other country, of which nothing is said, tells nothing.
reads pt 'Encontraram Batman e fugiram para Portugal.'
grep -q '"name":"Batman","country":"TUR"' "$scratch/out" && fail "a name without context became a place"

finish
