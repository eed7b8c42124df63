/* Runs a fuzz target over files, without a fuzzer: `fuzz_x FILE...`; prints how many went through. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static uint8_t *read_whole(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;

    uint8_t *data = NULL;
    size_t len = 0, room = 0;
    do {
        if (len == room) {
            room = room ? 2 * room : 65536;
            uint8_t *more = realloc(data, room);
            if (!more)
                abort();
            data = more;
        }
        len += fread(data + len, 1, room - len, f);
    } while (!feof(f) && !ferror(f));

    if (ferror(f)) {
        free(data);
        data = NULL;
    }
    fclose(f);
    *size = len;
    return data;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        size_t size = 0;
        uint8_t *data = read_whole(argv[i], &size);
        if (!data) {
            perror(argv[i]);
            return 2;
        }
        /* a block of the exact size, so that the sanitiser sees one byte too many */
        uint8_t *exact = malloc(size ? size : 1);
        if (!exact)
            abort();
        for (size_t k = 0; k < size; k++)
            exact[k] = data[k];
        free(data);
        LLVMFuzzerTestOneInput(exact, size);
        free(exact);
    }
    printf("%d\n", argc - 1);
    return 0;
}
