import Suggestions

extension NetworkDescription: Codable {
    /// - Throws: ``NetworkSettingError`` for keys that do not exist, values of another type, and what
    ///   ``validate()`` refuses.
    public init(from decoder: any Decoder) throws {
        let written = try decoder.container(keyedBy: AnyKey.self).allKeys.map(\.stringValue)
        if let stranger = written.sorted().first(where: { Key(rawValue: $0) == nil }) {
            let meant = nearest(stranger, among: Self.keys).map { "; was \($0) meant?" } ?? "."
            throw NetworkSettingError(
                key: stranger, value: nil,
                reason: "is no setting of a network\(meant) Its settings are \(Self.keys.joined(separator: ", "))")
        }

        let reader = SettingReader(container: try decoder.container(keyedBy: Key.self))
        guard let name = try reader.value(.name, String.self, "must be a name, such as sfnet-20") else {
            throw NetworkSettingError(
                key: Key.name.rawValue, value: nil,
                reason: "is missing; write one of \(Self.names.joined(separator: ", "))")
        }
        try self.init(name)
        try reader.read(.input, into: &settings.input, "must be [channels, height, width]")
        try reader.read(.embedding, into: &settings.embedding, "must be a whole number, such as 512")
        try reader.read(.channels, into: &settings.channels, "must be a list of whole numbers")
        try reader.read(.blocks, into: &settings.blocks, "must be a list of whole numbers")
        try reader.readChoice(.activation, into: &settings.activation)
        try reader.read(.batchNormalization, into: &settings.batchNormalization, "must be true or false")
        try reader.read(.embeddingNormalization, into: &settings.embeddingNormalization, "must be true or false")
        try reader.readChoice(.residual, into: &settings.residual)
        try validate()
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(settings.input, forKey: .input)
        try container.encode(settings.embedding, forKey: .embedding)
        try container.encode(settings.channels, forKey: .channels)
        try container.encode(settings.blocks, forKey: .blocks)
        try container.encode(settings.activation, forKey: .activation)
        try container.encode(settings.batchNormalization, forKey: .batchNormalization)
        try container.encode(settings.embeddingNormalization, forKey: .embeddingNormalization)
        try container.encode(settings.residual, forKey: .residual)
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

/// Reads settings, and says what is right where one is of the wrong type.
private struct SettingReader {
    let container: KeyedDecodingContainer<NetworkDescription.Key>

    func value<Value: Decodable>(
        _ key: NetworkDescription.Key, _ type: Value.Type, _ expectation: String
    ) throws -> Value? {
        do {
            return try container.decodeIfPresent(Value.self, forKey: key)
        } catch {
            // Not only DecodingError: JSONDecoder has one of its own for 2.5 in place of a whole number.
            throw NetworkSettingError(key: key.rawValue, value: written(key), reason: expectation)
        }
    }

    func read<Value: Decodable>(
        _ key: NetworkDescription.Key, into setting: inout Value, _ expectation: String
    ) throws {
        if let value = try value(key, Value.self, expectation) { setting = value }
    }

    func readChoice<Choice: RawRepresentable & CaseIterable>(
        _ key: NetworkDescription.Key, into setting: inout Choice
    ) throws where Choice.RawValue == String {
        let known = Choice.allCases.map(\.rawValue)
        let expectation = "is none of \(known.joined(separator: ", "))"
        guard let name = try value(key, String.self, expectation) else { return }
        guard let choice = Choice(rawValue: name) else {
            throw NetworkSettingError.unknown(key: key.rawValue, value: name, known: known)
        }
        setting = choice
    }

    /// The value as far as it can be shown: as the first of the plain types that it is.
    private func written(_ key: NetworkDescription.Key) -> String {
        if let text = try? container.decode(String.self, forKey: key) { return text }
        if let flag = try? container.decode(Bool.self, forKey: key) { return "\(flag)" }
        if let number = try? container.decode(Double.self, forKey: key) { return number.formatted }
        if let list = try? container.decode([Double].self, forKey: key) {
            return "[\(list.map(\.formatted).joined(separator: ", "))]"
        }
        return "this value"
    }
}

extension Double {
    /// Without a fraction where it is whole.
    fileprivate var formatted: String { Int(exactly: self).map(String.init) ?? "\(self)" }
}
