#ifndef C_KERNELS_H
#define C_KERNELS_H

#include "CKernelsCounting.h"
#include "CKernelsInstructions.h"
#include "CKernelsNormalization.h"
#include "CKernelsPReLU.h"

#endif
