// What follows from a module's list of its tensors.

extension Module {
    /// Parameters and buffers, in the order of ``visit(_:)``.
    public var tensors: [NamedTensor] {
        var found: [NamedTensor] = []
        var copy = self
        var visitor = ModuleVisitor { name, role, tensor in
            found.append(NamedTensor(name: name, role: role, tensor: tensor))
        }
        // Collecting throws nothing, and no module has errors of its own to add.
        try? copy.visit(&visitor)
        return found
    }

    public var parameters: [NamedTensor] { tensors.filter { $0.role == .parameter } }
    public var buffers: [NamedTensor] { tensors.filter { $0.role == .buffer } }

    /// How many numbers are learned.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }

    /// Replaces each tensor by what `transform` makes of it.
    public mutating func mapTensors(_ transform: @escaping (NamedTensor) throws -> Tensor) throws {
        var visitor = ModuleVisitor { name, role, tensor in
            tensor = try transform(NamedTensor(name: name, role: role, tensor: tensor))
        }
        try visit(&visitor)
    }

    /// Shows `body` each part's path with the name and the value of its toggles, which it may change.
    public mutating func mapToggles(_ body: @escaping (String, String, inout Bool) -> Void) throws {
        var visitor = ModuleVisitor(toggles: body)
        try visit(&visitor)
    }

    /// The same module with other parameters, in the order of ``parameters``. Buffers are shared.
    ///
    /// The new ones need not be leaves: gradients flow through them to what they were made of.
    public func with(parameters replacements: [Tensor]) throws -> Self {
        let names = parameters.map(\.name)
        precondition(replacements.count == names.count, "one tensor per parameter")
        let byName = Dictionary(uniqueKeysWithValues: zip(names, replacements))
        var copy = self
        try copy.mapTensors { byName[$0.name] ?? $0.tensor }
        return copy
    }

    /// Starts (or stops) recording gradients of the parameters whose name passes `filter`.
    public func requireGradients(_ value: Bool = true, where filter: (String) -> Bool = { _ in true }) throws {
        for parameter in parameters where filter(parameter.name) {
            try parameter.tensor.requireGradient(value)
        }
    }

    /// Moves every tensor. Those that move become new leaves, which record as the old ones did.
    public mutating func move(to device: Device) throws {
        try mapTensors { named in
            try named.tensor.detached().to(device).requireGradient(named.tensor.requiresGradient)
        }
    }

    /// Converts every floating-point tensor.
    public mutating func convert(to scalarType: ScalarType) throws {
        try mapTensors { named in
            guard named.tensor.scalarType.isFloatingPoint else { return named.tensor }
            return try named.tensor.detached().to(scalarType).requireGradient(named.tensor.requiresGradient)
        }
    }

    /// Brings the tensors of four dimensions, the weights of convolutions, into an order in memory.
    public mutating func arrange(_ format: MemoryFormat) throws {
        try mapTensors { named in
            guard named.tensor.rank == 4 else { return named.tensor }
            let wasRecording = named.tensor.requiresGradient
            return try named.tensor.detached().contiguous(format).requireGradient(wasRecording)
        }
    }

    /// Overwrites every tensor with the one of the same name.
    ///
    /// - Throws: ``ModuleError`` that lists every name that is missing or not wanted, and every shape
    ///   that does not fit; nothing has been changed then.
    public func load(_ state: [String: Tensor]) throws {
        try checkNamesAndShapes(of: state)
        try withoutGradients {
            for named in tensors {
                if let source = state[named.name] { try named.tensor.copy(from: source) }
            }
        }
    }

    /// Takes the tensors of the same names for its own, without a copy where the types agree.
    ///
    /// For a module that was built on ``Device/meta``, or whose own numbers nobody else looks at.
    ///
    /// - Throws: ``ModuleError`` as ``load(_:)`` does.
    public mutating func adopt(_ state: [String: Tensor]) throws {
        try checkNamesAndShapes(of: state)
        try mapTensors { try state[$0.name]?.to($0.tensor.scalarType) ?? $0.tensor }
    }

    private func checkNamesAndShapes(of state: [String: Tensor]) throws {
        let own = tensors
        let names = Set(own.map(\.name))
        let missing = own.map(\.name).filter { state[$0] == nil }
        let unexpected = state.keys.filter { !names.contains($0) }.sorted()
        let misfits = own.compactMap { named -> ModuleError.Misfit? in
            guard let other = state[named.name], other.shape != named.tensor.shape else { return nil }
            return .init(name: named.name, expected: named.tensor.shape, found: other.shape)
        }
        guard missing.isEmpty, unexpected.isEmpty, misfits.isEmpty else {
            throw ModuleError(missing: missing, unexpected: unexpected, misfits: misfits)
        }
    }
}

/// Why a state dictionary does not belong to a module.
public struct ModuleError: Error, Equatable, CustomStringConvertible {
    public struct Misfit: Sendable, Equatable {
        public let name: String
        public let expected: [Int]
        public let found: [Int]
    }

    public let missing: [String]
    public let unexpected: [String]
    public let misfits: [Misfit]

    public var description: String {
        var parts: [String] = []
        if !missing.isEmpty { parts.append("missing: \(Self.list(missing))") }
        if !unexpected.isEmpty { parts.append("not part of it: \(Self.list(unexpected))") }
        if !misfits.isEmpty {
            let shapes = misfits.map { "\($0.name) is \($0.found) where \($0.expected) is wanted" }
            parts.append("of another shape: \(Self.list(shapes))")
        }
        return "the weights belong to another network (\(parts.joined(separator: "; ")))"
    }

    private static func list(_ items: [String]) -> String {
        items.prefix(4).joined(separator: ", ") + (items.count > 4 ? " and \(items.count - 4) more" : "")
    }
}
