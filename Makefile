# 纲目 gangmu. `make help` 列出所有目标。 `make help` lists every target.
#
# One set of objects a variant, in build/<variant>/:
#   release  gcc, optimised; ./gangmu is a copy of it
#   clang    the same sources through clang, for its warnings
#   san      gcc with ASan, UBSan and LSan, each arena piece its own malloc
#   fuzz     clang with libFuzzer

PREFIX    ?= /usr/local
PYTHON    ?= /usr/bin/python3
FUZZ_TIME ?= 60
WERROR    ?= -Werror
JOBS      ?= $(shell nproc)
LIBS      := libpcre2-8 icu-uc icu-i18n sqlite3 libgcrypt libxxhash

WARN      := -Wall -Wextra -Wpedantic -Wshadow -Wconversion $(WERROR)
COMMON    := -std=c11 -D_GNU_SOURCE $(WARN) -Iextractor -MMD -MP
SANITIZE  := -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

CC_release    := gcc
CC_clang      := clang
CC_san        := gcc
CC_fuzz       := clang
FLAGS_release := -O3 -g -flto=auto
FLAGS_clang   := -O1 -g
FLAGS_san     := -O1 -g -DGM_ARENA_MALLOC $(SANITIZE)
FLAGS_fuzz    := -O1 -g -DGM_ARENA_MALLOC -fsanitize=fuzzer-no-link $(SANITIZE)

SRC     := $(sort $(wildcard extractor/*.c extractor/*/*.c))
CMD_SRC := $(filter extractor/main.c extractor/cmd%.c,$(SRC))
LIB_SRC := $(filter-out $(CMD_SRC) extractor/mkimage.c,$(SRC))
GRAMMAR := $(foreach d,rules lexicon,grammars/$(d) $(wildcard grammars/$(d)/*))
UNITS   := $(patsubst tests/unit/%.c,unit_%,$(sort $(wildcard tests/unit/*.c)))
FUZZERS := $(patsubst tests/fuzz/%.c,fuzz_%,$(filter-out tests/fuzz/replay.c,$(sort $(wildcard tests/fuzz/*.c))))

# Asked once, and only when something is compiled: `make setup` must work before pkg-config is there.
# Library headers count as system headers, so that our warnings are about our code.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(patsubst -I%,-isystem %,$$(call pkg,--cflags)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := -Wl,--as-needed $$(call pkg,--libs))$(PKG_LIBS)
pkg = $(if $(shell pkg-config --exists $(LIBS) && echo yes),$(shell pkg-config $(1) $(LIBS)),$(error \
        缺少构建所需的软件包，请先运行 make setup。 Build packages are missing: run make setup))

# The program holds its libraries: linking ICU anew at every start costs more than reading a plan. Where one of them is
# missing as a static library, the shared ones are taken.
STATIC_LIBS  := pcre2-8 icui18n icuuc icudata sqlite3 gcrypt gpg-error xxhash stdc++
LINK_release  = $(if $(filter-out /%,$(foreach l,$(STATIC_LIBS),$(shell gcc -print-file-name=lib$(l).a))),$(PKG_LIBS),\
        $(STATIC_LIBS:%=-l:lib%.a) -lm -static-libgcc)
LINK_clang    = $(PKG_LIBS)
LINK_san      = $(PKG_LIBS)
LINK_fuzz     = $(PKG_LIBS)

# one target after the other is built on all cores, unless the caller gave -j
SUBFLAGS = --no-print-directory $(if $(findstring -j,$(MAKEFLAGS)),,-j$(JOBS))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:
.PHONY: help all demo test quick bench metrics eval fuzz clang san install setup setup-test format clean FORCE

all: gangmu ## 构建 ./gangmu（默认目标） | build ./gangmu (the default)

help: ## 列出所有目标 | list every target
	@awk -F ':.*## | [|] ' '/^[a-z-]+:.*## /{printf "  make %-12s%s\n%19s%s\n", $$1, $$2, "", $$3}' Makefile
	@echo '变量 Variables: PREFIX=$(PREFIX) DESTDIR= FUZZ_TIME=$(FUZZ_TIME)(秒 s) WERROR=$(WERROR) CFLAGS= JOBS=$(JOBS)'

setup: ## 安装构建所需的软件包（已有则不动系统） | install what the build needs; touches nothing when all is there
	@tests/tools/setup.sh build

setup-test: ## 安装测试所需的软件包 | install what the tests need as well
	@tests/tools/setup.sh build test

demo: setup ## 一条命令：准备、构建、编译 corpus/ 到 output/，显示结果 | one command: set up, build, compile corpus/ into output/, show the result
	@$(MAKE) $(SUBFLAGS) all
	@tests/tools/demo.sh

test: setup-test ## 全部测试：gcc、clang、消毒器三种构建，再运行 tests/*.t | everything: gcc, clang and sanitised builds, then tests/*.t
	@$(MAKE) $(SUBFLAGS) all clang san
	@JOBS=$(JOBS) tests/run.sh

quick: all ## 快速测试：只用发行版程序，跳过标有 # slow 的测试 | quick tests: release build only, without those marked # slow
	@JOBS=$(JOBS) tests/run.sh --quick

bench: ## 速度与内存：2,000 份文档，与对照程序同场比较 | speed and memory on 2,000 documents, beside the peers
	@tests/tools/setup.sh build test bench
	@$(MAKE) $(SUBFLAGS) all
	@$(PYTHON) tests/bench/bench.py
	@$(PYTHON) tests/bench/bench_diff.py

metrics: ## 函数与文件的长度，对照预算 | lengths of functions and files against the budgets
	@$(PYTHON) tests/metrics.py extractor

eval: all ## 编译 corpus/ 并对照 tests/gold 计分 | compile corpus/ and score it against tests/gold
	@./gangmu build -o build/eval corpus
	@./gangmu eval -C build/eval tests/gold
	@./gangmu eval -C build/eval tests/gold/prose

fuzz: ## 模糊测试，每个目标 FUZZ_TIME 秒 | fuzzing, FUZZ_TIME seconds a target
	@tests/tools/setup.sh build fuzz
	@$(MAKE) $(SUBFLAGS) $(FUZZERS:%=build/fuzz/%)
	@set -e; for f in $(FUZZERS); do \
	    mkdir -p build/fuzz/found/$$f; \
	    echo "== $$f"; \
	    build/fuzz/$$f -max_total_time=$(FUZZ_TIME) -timeout=10 -rss_limit_mb=2048 \
	        -artifact_prefix=build/fuzz/$$f- build/fuzz/found/$$f corpus $$(ls -d tests/fuzz/corpus 2>/dev/null); \
	done

clang: build/clang/gangmu ## 用 clang 构建（警告即错误） | build with clang, warnings are errors

san: build/san/gangmu $(UNITS:%=build/san/%) $(FUZZERS:%=build/san/%) ## 带消毒器的构建、单元测试与模糊语料回放 | sanitised build, unit tests, fuzz corpus replay

install: all ## 安装到 PREFIX（程序与 share/gangmu/grammars） | install under PREFIX: program and share/gangmu/grammars
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/gangmu"
	install -m 755 gangmu "$(DESTDIR)$(PREFIX)/bin/gangmu"
	cp -R grammars "$(DESTDIR)$(PREFIX)/share/gangmu/"
	@set -e; for m in $(wildcard docs/man/*.1); do \
	    install -D -m 644 "$$m" "$(DESTDIR)$(PREFIX)/share/man/man1/$${m##*/}"; done

format: ## 用 clang-format 整理 C 代码 | format the C code
	@tests/tools/setup.sh format
	clang-format -i $(wildcard extractor/*.[ch] extractor/*/*.[ch] tests/unit/*.[ch] tests/fuzz/*.[ch])

clean: ## 删除 build/ 与 ./gangmu（不动 output/） | remove build/ and ./gangmu; output/ stays
	rm -rf build gangmu

gangmu: build/release/gangmu
	@cp -f $< $@.new && mv -f $@.new $@

# build/<variant>/sources changes only when a file comes or goes, so that a removed file leaves the library too.
define variant
OBJ_$(1) := $$(LIB_SRC:%.c=build/$(1)/%.o)
CMD_$(1) := $$(CMD_SRC:%.c=build/$(1)/%.o)

build/$(1)/%.o: %.c Makefile
	@mkdir -p $$(@D)
	@echo "  $(CC_$(1))  $$@"
	@$(CC_$(1)) $(COMMON) $(FLAGS_$(1)) $$(PKG_CFLAGS) $$(CFLAGS) -c -o $$@ $$<

build/$(1)/sources: FORCE
	@mkdir -p $$(@D)
	@printf '%s\n' $(SRC) | cmp -s - $$@ || printf '%s\n' $(SRC) > $$@

build/$(1)/libgangmu.a: $$(OBJ_$(1)) build/$(1)/sources
	@rm -f $$@
	@gcc-ar rcsD $$@ $$(OBJ_$(1))

build/$(1)/grammars:
	@mkdir -p $$(@D)
	@ln -sfn ../../grammars $$@

# What reading the grammars gives, made by a program of its own and linked to ./gangmu: see base/grammar.h.
build/$(1)/mkimage: build/$(1)/extractor/mkimage.o build/$(1)/libgangmu.a
	@$(CC_$(1)) $(FLAGS_$(1)) -o $$@ $$^ $$(LINK_$(1)) $$(LDFLAGS)

build/$(1)/image: build/$(1)/mkimage $(GRAMMAR)
	@$$< grammars $$@

build/$(1)/image.o: extractor/image.S build/$(1)/image
	@$(CC_$(1)) -c -DIMAGE='"build/$(1)/image"' -o $$@ $$<

build/$(1)/gangmu: $$(CMD_$(1)) build/$(1)/image.o build/$(1)/libgangmu.a | build/$(1)/grammars
	@echo "  ld  $$@"
	@$(CC_$(1)) $(FLAGS_$(1)) -o $$@ $$(CMD_$(1)) build/$(1)/image.o build/$(1)/libgangmu.a $$(LINK_$(1)) $$(LDFLAGS)

build/$(1)/unit_%: build/$(1)/tests/unit/%.o build/$(1)/libgangmu.a | build/$(1)/grammars
	@$(CC_$(1)) $(FLAGS_$(1)) -o $$@ $$< build/$(1)/libgangmu.a $$(PKG_LIBS) $$(LDFLAGS)

-include $$(OBJ_$(1):.o=.d) $$(CMD_$(1):.o=.d) build/$(1)/extractor/mkimage.d $$(wildcard build/$(1)/tests/*/*.d)
endef
$(foreach v,release clang san fuzz,$(eval $(call variant,$(v))))

# A fuzz target is a file with LLVMFuzzerTestOneInput: under libFuzzer, or behind replay.c, which feeds it files.
build/fuzz/fuzz_%: build/fuzz/tests/fuzz/%.o build/fuzz/libgangmu.a | build/fuzz/grammars
	@$(CC_fuzz) $(FLAGS_fuzz) -fsanitize=fuzzer -o $@ $< build/fuzz/libgangmu.a $(PKG_LIBS)

build/san/fuzz_%: build/san/tests/fuzz/%.o build/san/tests/fuzz/replay.o build/san/libgangmu.a | build/san/grammars
	@$(CC_san) $(FLAGS_san) -o $@ $< build/san/tests/fuzz/replay.o build/san/libgangmu.a $(PKG_LIBS)
