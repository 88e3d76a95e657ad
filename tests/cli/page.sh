# relato read: web pages, with what the lexicon knows of them.
# shellcheck source=tests/cli/tools.inc
. tests/cli/tools.inc

cat >"$scratch/page.html" <<'END'
<html><head><title>Detidos em Beja</title></head><body class="has-sidebar">
<div class="post-meta">Publicado em terça-feira, 2 de maio de 2023 às 18h06</div>
<div class="entry"><p>A polícia deteve ontem <span class="popover">Veja o perfil dele</span>doze pessoas em Beja, disse à agência uma fonte da corporação.</p>
<p>Leia também: O que se sabe das detenções</p>
<div class="newsletter-box"><p>Receba todas as semanas as notícias da sua região na caixa de correio, sem custo.</p></div>
<p>Os detidos são suspeitos de furto de cobre e vão ser presentes a um juiz na quarta-feira de manhã.</p>
<p>Leia também quem quiser o acórdão do tribunal, que tem cento e vinte páginas e que o juiz mandou publicar na íntegra, com os nomes das testemunhas e tudo o que elas disseram em seis meses de audiências, mas sem as fotografias que o advogado juntou ao processo.</p></div>
<div id="userComments"><p>Isto é uma vergonha, deviam era prender quem compra o cobre a esta gente toda.</p>
<p>Concordo consigo, e digo mais: já no ano passado foi a mesma coisa e ninguém fez nada.</p></div>
</body></html>
END
runs 0 "$RELATO" read --format json "$scratch/page.html"
[ "$(jq -r .meta.published "$scratch/out")" = 2023-05-02 ] || fail "the written date: $(jq -c .meta "$scratch/out")"
jq -r .text "$scratch/out" >"$scratch/text"
[ "$(sed 's/^\(.\{30\}\).*/\1/' "$scratch/text")" = "A polícia deteve ontem doze pe
Os detidos são suspeitos de fu
Leia também quem quiser o acór" ] || fail "the article: $(cat "$scratch/text")"

# In plain text too; what is nothing else stays.
printf 'A polícia deteve ontem doze pessoas em Beja.\n\nLeia mais\n' >"$scratch/plain.txt"
runs 0 "$RELATO" read --format json "$scratch/plain.txt"
[ "$(jq -r .text "$scratch/out")" = "A polícia deteve ontem doze pessoas em Beja." ] || fail "plain text"

# A user's words.
mkdir -p "$scratch/mine/page" "$scratch/mine/pt"
printf 'word\tuse\nentry\tnever\nvizinhos\tapart\n' >"$scratch/mine/page/mine.tsv"
printf 'begins\tuse\nos detidos são\t\n' >"$scratch/mine/pt/page-lines.tsv"
runs 0 "$RELATO" read --format json --lexicon "$scratch/mine" "$scratch/page.html"
grep -q "Os detidos" "$scratch/out" && fail "a user's line is not dropped"
finish
