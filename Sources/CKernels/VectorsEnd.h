// Makes room for the next instruction set.

#undef FLOATS
#undef LOAD
#undef STORE
#undef CHOOSE
#undef INLINE
#undef WIDTH
#undef TARGET
#undef NAME
