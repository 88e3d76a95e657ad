# Relato. The targets that matter:
#
#   make          build/relato
#   make demo     installs what is missing, builds, reads the sample reports
#   make test     installs what is missing, builds, runs all tests, also under sanitizers
#   make install  [PREFIX=/usr/local] [DESTDIR=]
#   make train    LANGUAGE=pt DATA=FOLDER: the weights of a language (docs/syntax.md)
#   make train-names NAMES=FOLDER TREEBANKS=FOLDER: those for names (models/README.md)
#   make web      the pages of relato serve (needs Node.js and npm: scripts/install-dependencies web)
#   make web-test the pages in a browser
#   make bench fuzz lint format compile_commands.json clean
#
# Variables: BUILD (folder of the build), WERROR=1 (warnings are errors),
# SANITIZE=address,undefined.

BUILD    ?= build
PREFIX   ?= /usr/local
DATADIR  ?= $(PREFIX)/share/relato
ifeq ($(origin CC),default)
CC       := gcc
endif
CFLAGS   ?= -O2 -g
PACKAGES := icu-uc icu-i18n gumbo jansson zlib libzstd uchardet nettle libarchive expat sqlite3 libmicrohttpd
jobs     := -j$(shell nproc)
VERSION  := $(shell sed -n 's/.*RELATO_VERSION "\(.*\)"/\1/p' include/relato.h)

WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
            -Wno-missing-field-initializers -Wno-format-truncation $(if $(WERROR),-Werror)
flags    := -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -I$(BUILD)/src -fvisibility=hidden -pthread -MMD -MP $(WARNINGS) \
            -DRELATO_DATADIR='"$(DATADIR)"' $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-omit-frame-pointer) \
            $(if $(SANITIZE),-fno-sanitize-recover=all)
# Asked for when needed, so that "make demo" can install pkg-config first.
packages_cflags = $(eval packages_cflags := $$(shell pkg-config --cflags $(PACKAGES)))$(packages_cflags)
packages_libs   = $(eval packages_libs := $$(shell pkg-config --libs $(PACKAGES)))$(packages_libs)
compile  = $(CC) $(flags) $(packages_cflags) $(CFLAGS)
link     = $(CC) $(flags) $(CFLAGS) $(LDFLAGS)
libs     = $(packages_libs) -lm

library_sources := $(filter-out src/main.c,$(wildcard src/*.c)) $(filter-out src/cli/%,$(wildcard src/*/*.c))
program_sources := $(wildcard src/main.c src/cli/*.c)
library_objects := $(library_sources:%.c=$(BUILD)/%.o)
program_objects := $(program_sources:%.c=$(BUILD)/%.o)
library         := $(BUILD)/librelato.a
lexicon_sources := $(wildcard lexicon/*/*.tsv)
unit_tests      := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/test_*.c))

.PHONY: all web web-test demo test check knowledge install bench train train-names fuzz lint format dependencies clean
.DELETE_ON_ERROR:
.SECONDARY:

all: $(BUILD)/relato knowledge

# ---- the program ------------------------------------------------------------

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(compile) -c -o $@ $<

# The archive's tables as bytes of a C array.
$(BUILD)/src/archive/schema.inc: src/archive/schema.sql
	@mkdir -p $(@D)
	od -An -v -tu1 $< | sed 's/[0-9]\{1,\}/&,/g; $$s/,[^,]*$$//' > $@

$(BUILD)/src/archive/archive.o: $(BUILD)/src/archive/schema.inc

$(library): $(library_objects)
	@rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/relato: $(program_objects) $(library)
	$(link) -o $@ $^ $(libs)

# ---- what it knows ----------------------------------------------------------

knowledge: $(BUILD)/knowledge/stamp

$(BUILD)/knowledge/stamp: $(BUILD)/relato $(lexicon_sources) $(wildcard models/*.bin)
	@mkdir -p $(BUILD)/knowledge
	@ln -sfn $(CURDIR)/lexicon $(BUILD)/knowledge/lexicon
	@ln -sfn $(CURDIR)/web/dist $(BUILD)/knowledge/web
	@for model in models/*.bin; do cp -p $$model $(BUILD)/knowledge/new && mv $(BUILD)/knowledge/new $(BUILD)/knowledge/$${model##*/}; done
	$(BUILD)/relato lexicon compile lexicon $(BUILD)/knowledge
	@touch $@

# ---- the pages ----------------------------------------------------------------

web: web/dist/index.html

web/node_modules/.package-lock.json: web/package-lock.json
	@scripts/install-dependencies web
	cd web && npm ci --no-audit --no-fund
	@touch $@

web/dist/index.html: web/node_modules/.package-lock.json $(shell find web/src web/public -type f) web/index.html web/vite.config.ts
	cd web && npm run build

web-test: all web
	@scripts/install-dependencies browser
	@web/test/run $(BUILD)

# ---- demonstration and tests ------------------------------------------------

dependencies:
	@scripts/install-dependencies

demo: dependencies
	@$(MAKE) --no-print-directory -s $(jobs) all
	@scripts/demo $(BUILD)/relato

test: dependencies
	@$(MAKE) --no-print-directory $(jobs) check
	@$(MAKE) --no-print-directory $(jobs) check BUILD=$(BUILD)/sanitized SANITIZE=address,undefined CFLAGS="-O1 -g"

check: all $(unit_tests)
	@CC="$(CC)" TEST_FLAGS="$(if $(SANITIZE),-fsanitize=$(SANITIZE))" TEST_LIBS="$(libs) -pthread" tests/run $(BUILD)

$(BUILD)/tests/%: tests/unit/%.c $(library)
	@mkdir -p $(@D)
	$(compile) -Itests -o $@ $< $(library) $(libs) -lcmocka

# ---- installing ---------------------------------------------------------------

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/include $(DESTDIR)$(PREFIX)/lib/pkgconfig \
	    $(DESTDIR)$(PREFIX)/share/man/man1 $(DESTDIR)$(DATADIR)
	install $(BUILD)/relato $(DESTDIR)$(PREFIX)/bin
	install -m 644 include/relato.h $(DESTDIR)$(PREFIX)/include
	install -m 644 $(library) $(DESTDIR)$(PREFIX)/lib
	install -m 644 man/relato.1 $(DESTDIR)$(PREFIX)/share/man/man1
	sed 's|@PREFIX@|$(PREFIX)|; s|@VERSION@|$(VERSION)|; s|@PACKAGES@|$(PACKAGES)|' relato.pc.in \
	    > $(DESTDIR)$(PREFIX)/lib/pkgconfig/relato.pc
	install -m 644 $(BUILD)/knowledge/*.lexicon $(BUILD)/knowledge/gazetteer.bin \
	    $(wildcard models/*.bin) $(DESTDIR)$(DATADIR)
	cp -r lexicon $(DESTDIR)$(DATADIR)
	if [ -d web/dist ]; then rm -rf $(DESTDIR)$(DATADIR)/web && cp -r web/dist $(DESTDIR)$(DATADIR)/web; fi

# ---- for those who work on it -----------------------------------------------

$(BUILD)/bench/%: bench/%.c $(library)
	@mkdir -p $(@D)
	$(compile) -o $@ $< $(library) $(libs)

bench: all $(patsubst bench/%.c,$(BUILD)/bench/%,$(wildcard bench/*.c))
	@ln -sfn ../knowledge $(BUILD)/bench/knowledge
	@bench/run $(BUILD)

# The tagger of names, of all languages: make train-names NAMES=FOLDER TREEBANKS=FOLDER
$(BUILD)/train/names: train/names.c $(library)
	@mkdir -p $(@D)
	$(compile) -o $@ $< $(library) $(libs)

train-names: all $(BUILD)/train/names
	@train/names.sh $(BUILD) "$(NAMES)" "$(TREEBANKS)"

train:
	@train/make.sh "$(LANGUAGE)" "$(DATA)" $(BUILD)/train

# make fuzz [TARGET=html] [SECONDS=600]: the stages under libFuzzer, from the seeds in fuzz/corpus.
TARGET  ?= $(patsubst fuzz/fuzz_%.c,%,$(wildcard fuzz/fuzz_*.c))
SECONDS ?= 60

$(BUILD)/fuzz_%: fuzz/fuzz_%.c fuzz/report.c $(library)
	$(compile) -fsanitize=fuzzer -o $@ $^ $(libs)

fuzz:
	@scripts/install-dependencies fuzz
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang SANITIZE=fuzzer-no-link,address,undefined CFLAGS="-O1 -g" \
	    $(TARGET:%=$(BUILD)/fuzz/fuzz_%)
	@ln -sfn ../knowledge $(BUILD)/fuzz/knowledge
	@for target in $(TARGET); do fuzz/run $(BUILD)/fuzz $$target $(SECONDS) || exit 1; done

format:
	clang-format -i $(wildcard include/*.h src/*.[ch] src/*/*.[ch] tests/*/*.[ch] bench/*.c fuzz/*.c docs/*.c)

lint:
	@scripts/install-dependencies lint
	@scripts/lint

compile_commands.json: Makefile
	@scripts/compile-commands "$(compile)" $(library_sources) $(program_sources) $(wildcard tests/unit/*.c) > $@

clean:
	rm -rf $(BUILD) compile_commands.json

-include $(library_objects:.o=.d) $(program_objects:.o=.d)
