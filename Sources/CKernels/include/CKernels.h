#ifndef C_KERNELS_H
#define C_KERNELS_H

#include "CKernelsClasses.h"
#include "CKernelsCounting.h"
#include "CKernelsInstructions.h"
#include "CKernelsNormalization.h"
#include "CKernelsPReLU.h"
#include "CKernelsResample.h"
#include "CKernelsRows.h"
#include "CKernelsSamples.h"
#include "CKernelsScoring.h"
#include "CKernelsSearch.h"

#endif
