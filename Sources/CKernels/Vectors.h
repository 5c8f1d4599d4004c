// Vectors of WIDTH floats, for the files that are included once per instruction set with
//   WIDTH     floats per vector; 1 is the plain version
//   TARGET    the functions' target attribute, or nothing
//   NAME(f)   the functions' names
// They end with VectorsEnd.h.

typedef float NAME(floats) __attribute__((vector_size(4 * WIDTH)));
typedef int32_t NAME(masks) __attribute__((vector_size(4 * WIDTH)));
// As they lie in memory: at any address.
typedef float NAME(memory) __attribute__((vector_size(4 * WIDTH), aligned(4), may_alias));

#define FLOATS NAME(floats)
#define LOAD(pointer) (*(const NAME(memory) *)(pointer))
#define STORE(pointer, value) (*(NAME(memory) *)(pointer) = (value))
/// Lanes of `yes` where the mask is set, of `no` elsewhere.
#define CHOOSE(mask, yes, no) ((FLOATS)(((mask) & (NAME(masks))(yes)) | (~(mask) & (NAME(masks))(no))))
