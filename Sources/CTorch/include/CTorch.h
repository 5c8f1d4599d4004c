// A C door to libtorch: its dispatcher, its autograd engine, its tensors' memory. Nothing else is C++.
//
// Conventions
// - A `ct_tensor` is one owned reference to a tensor; whoever receives one releases it with
//   `ct_tensor_release`. Functions that take a `ct_tensor` borrow it.
// - No C++ exception crosses this border. A function that can fail says so by its result
//   (NULL, or a negative number), and `ct_error_message` tells the reason, per thread.
// - Scalar types and device types are libtorch's own numbers (c10::ScalarType, c10::DeviceType).
#ifndef CTORCH_H
#define CTORCH_H

#include "CTorchAutocast.h"
#include "CTorchAutograd.h"
#include "CTorchDevice.h"
#include "CTorchError.h"
#include "CTorchGenerator.h"
#include "CTorchObservation.h"
#include "CTorchOperator.h"
#include "CTorchTensor.h"

#endif
