/// What a pickle of tensors consists of.
///
/// Tuples, lists and dictionaries are numbers of places in ``PickleObjects`` instead of values within values:
/// so no file, however deep or circular, can make releasing them recurse.
enum PickleValue {
    case none
    case truth(Bool)
    /// `nil` where the integer does not fit.
    case integer(Int?)
    case real(Double)
    case text(String)
    case function(PickleFunction)
    case storageType(ScalarType)
    case storage(Tensor)
    case tensor(Tensor)
    case tuple(Int)
    case list(Int)
    case dictionary(Int)
}

/// The only things that may be called, each of which is code of this package.
enum PickleFunction: String, CaseIterable {
    case orderedDictionary = "collections.OrderedDict"
    case tensor = "torch._utils._rebuild_tensor_v2"
    case parameter = "torch._utils._rebuild_parameter"
}

/// The tuples, lists and dictionaries of a pickle.
struct PickleObjects {
    var sequences: [[PickleValue]] = []
    var dictionaries: [[(key: PickleValue, value: PickleValue)]] = []

    mutating func sequence(_ elements: [PickleValue]) -> Int {
        sequences.append(elements)
        return sequences.count - 1
    }

    mutating func dictionary() -> Int {
        dictionaries.append([])
        return dictionaries.count - 1
    }
}
