#!/bin/sh
# Makes the weights of a language from treebanks: the recipe of every file in
# models/. Needs Python 3 with PyTorch and NumPy (Debian: python3-torch,
# libopenblas0-pthread: with the reference BLAS it takes twenty times as long).
#
# usage: train/make.sh LANGUAGE DATA FOLDER
#
# DATA holds the treebanks as NAME-ud-train.conllu and so on; weights and the
# model file are left in FOLDER. Portuguese and Spanish begin from one network
# that is trained on both.
# shellcheck disable=SC2086 # lists are to be split
set -eu
language=$1 data=$2 out=$3
here=$(dirname "$0")
python=${PYTHON:-/usr/bin/python3}
mkdir -p "$out"

portuguese='pt_bosque-ud-train pt_gsd-ud-train pt_petrogold-ud-dev pt_petrogold-ud-test pt_porttinari-ud-dev@!0/2'
spanish='es_ancora-ud-dev es_gsd-ud-dev@!0/3'
english='en_ewt-ud-train en_gum_news-ud-train en_gum_open-ud-train'

# Every treebank of a list twice an epoch.
twice() {
    for name in "$@"; do printf '%s*2 ' "$name"; done
}

train() { # NAME ARGUMENT...
    name=$1
    shift
    [ -f "$out/$name.pt" ] || "$python" "$here/train.py" --data "$data" --out "$out/$name.pt" "$@"
}

finish() { # TREEBANK DEV LICENCE SEEN LEMMAS EPOCHS
    "$python" "$here/boundaries.py" --weights "$out/$language.pt" --data "$data" --treebank "$1" --train $4 --dev $2 \
        --epochs "$6"
    "$python" "$here/export.py" --weights "$out/$language.pt" --data "$data" --language "$language" --treebank "$1" \
        --seen $4 --lemmas $5 --about "version: 1" --about "data: $4" --about "licence: $3" \
        --out "$out/$language.syntax.bin"
}

# One network for both languages, from which each goes on by itself.
begin() {
    both="$portuguese $(twice $spanish)"
    dev='pt_bosque-ud-dev pt_porttinari-ud-dev@0/2 es_gsd-ud-dev@0/3'
    train begun --train $both --dev $dev --epochs 16 --stop 2
    train both --start "$out/begun.pt" --train $both --dev $dev --epochs 7
}

# Each round begins with large steps again and ends with small ones.
case $language in
en)
    train en --train $english --dev en_ewt-ud-dev en_gum_news-ud-dev --epochs 14
    finish en_ewt "en_ewt-ud-dev en_gum_news-ud-dev" "CC BY-SA 4.0" "$english" "$english" 5
    ;;
pt)
    begin
    own='pt_bosque-ud-train pt_petrogold-ud-dev pt_petrogold-ud-test'
    dev='pt_bosque-ud-dev pt_porttinari-ud-dev@0/2'
    half='pt_porttinari-ud-dev@!0/2*2'
    train pt1 --start "$out/both.pt" --train $own 'pt_gsd-ud-train*0.5' $half --dev $dev --epochs 4 --rate 1e-3
    train pt --start "$out/pt1.pt" --train $own 'pt_gsd-ud-train*0.6' $half --dev $dev --epochs 4 --rate 1.2e-3 --seed 2
    finish pt_bosque "$dev" "CC BY-SA 4.0" "$portuguese" "$own" 5
    ;;
es)
    begin
    own='es_ancora-ud-dev es_gsd-ud-dev@!0/3*2'
    dev='es_gsd-ud-dev@0/3'
    train es --start "$out/both.pt" --train $own 'pt_bosque-ud-train*0.15' --dev $dev --epochs 6 --rate 1e-3
    finish es_gsd "$dev" "CC BY-SA 4.0" "$spanish" 'es_gsd-ud-dev@!0/3' 10
    ;;
*)
    echo "usage: $0 en|es|pt DATA FOLDER" >&2
    exit 2
    ;;
esac
