#!/bin/sh
# Makes the weights of the tagger of names for all languages: the recipe of
# models/*.names.bin. Needs a built program and Python 3.
#
# usage: train/names.sh BUILD NAMES TREEBANKS
#
# NAMES holds uner-bosque-pt-train.conll (UNER Portuguese-Bosque, its train half),
# TREEBANKS the treebanks as NAME-ud-train.conllu and so on; weights are left in
# BUILD/train. Portuguese is trained on people's labels. So are the features that
# hold in all languages; with them Spanish and English texts are labelled, and from
# both together the words of these languages are learnt.
set -eu
build=$1 names=$2 trees=$3
here=$(dirname "$0")
out=$build/train
labelled=pt:$names/uner-bosque-pt-train.conll
RELATO_DATA=$(cd "$out" && pwd)/knowledge
export RELATO_DATA
rm -rf "$RELATO_DATA"
mkdir -p "$RELATO_DATA"
for file in "$build"/knowledge/*; do
    case $file in *.names.bin) ;; *) ln -s "$(cd "$build/knowledge" && pwd)/${file##*/}" "$RELATO_DATA/" ;; esac
done

"$out/names" "$out/common.bin" 3 common "$labelled"
"$out/names" "$out/pt.names.bin" 5 words "$labelled"

silver() { # LANGUAGE TREEBANK...
    language=$1
    shift
    cp "$out/common.bin" "$RELATO_DATA/$language.names.bin"
    "$here/silver.py" "$build/relato" "$language" "$@" > "$out/silver.$language.conll"
    rm "$RELATO_DATA/$language.names.bin"
    "$out/names" "$out/$language.names.bin" 3 words "$labelled" "$language:$out/silver.$language.conll"
}
silver es "$trees/es_ancora-ud-dev.conllu" "$trees/es_gsd-ud-dev.conllu"
silver en "$trees/en_ewt-ud-train.conllu" "$trees/en_gum_open-ud-train.conllu"
