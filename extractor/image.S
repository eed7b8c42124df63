/* The grammars ready for use, IMAGE, as a part of the program; see base/grammar.h. */
        .section .rodata
        .balign 64
        .globl gangmu_image
        .globl gangmu_image_end
gangmu_image:
        .incbin IMAGE
gangmu_image_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
