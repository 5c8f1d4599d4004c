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
        if let stranger = written.sorted().first(where: { !keys.contains($0) }) {
            throw NetworkSettingError(
                key: stranger, value: nil,
                reason: "is no setting of \(name), whose name fixes it; leave it out. "
                    + "Its settings are \(keys.joined(separator: ", "))")
        }
        try reader.read(.input, into: &settings.input, "must be [channels, height, width]")
        try reader.read(.embedding, into: &settings.embedding, "must be a whole number, such as 512")
        switch settings {
        case .sfnet(var sfnet):
            try reader.readRest(into: &sfnet)
            settings = .sfnet(sfnet)
        case .camriNet(var camriNet):
            try reader.read(.width, into: &camriNet.width, "must be a whole number, such as 64")
            try reader.read(.dropout, into: &camriNet.dropout, "must be a number, such as 0.25")
            settings = .camriNet(camriNet)
        case .shape:
            break
        }
        try validate()
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(settings.input, forKey: .input)
        try container.encode(settings.embedding, forKey: .embedding)
        switch settings {
        case .sfnet(let sfnet):
            try container.encode(sfnet.channels, forKey: .channels)
            try container.encode(sfnet.blocks, forKey: .blocks)
            try container.encode(sfnet.activation, forKey: .activation)
            try container.encode(sfnet.batchNormalization, forKey: .batchNormalization)
            try container.encode(sfnet.embeddingNormalization, forKey: .embeddingNormalization)
            try container.encode(sfnet.residual, forKey: .residual)
        case .camriNet(let camriNet):
            try container.encode(camriNet.width, forKey: .width)
            try container.encode(camriNet.dropout, forKey: .dropout)
        case .shape:
            break
        }
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

    /// What an SFNet has beyond input and embedding.
    func readRest(into sfnet: inout SFNet.Configuration) throws {
        try read(.channels, into: &sfnet.channels, "must be a list of whole numbers")
        try read(.blocks, into: &sfnet.blocks, "must be a list of whole numbers")
        try readChoice(.activation, into: &sfnet.activation)
        try read(.batchNormalization, into: &sfnet.batchNormalization, "must be true or false")
        try read(.embeddingNormalization, into: &sfnet.embeddingNormalization, "must be true or false")
        try readChoice(.residual, into: &sfnet.residual)
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
