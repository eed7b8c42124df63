/* mkimage DIR FILE: the grammars of DIR made ready for use, as the build links them to the program. Grammars
 * that cannot be read are no reason not to build: then the image is empty, and the program reads them. */
#include "base/file.h"
#include "base/grammar.h"

#include <stdio.h>

int main(int argc, char **argv)
{
    struct buf image = {0}, error = {0};
    if (argc != 3)
        return 2;
    struct grammar *g = grammar_open(argv[1], NULL, SLICE_NONE, &error);
    if (g && !grammar_save(g, &image))
        image.n = 0;
    bool good = file_write(argv[2], buf_view(&image), &error);
    fputs(buf_cstr(&error), stderr);
    grammar_close(g);
    buf_done(&image);
    buf_done(&error);
    return good ? 0 : 2;
}
