// Makes room for the next instruction set.

#undef FLOATS
#undef LOAD
#undef STORE
#undef CHOOSE
#undef WIDTH
#undef TARGET
#undef NAME
