/// One picture's embedding, to be stored.
public struct EnrolledSample: Hashable, Sendable {
    /// Where it came from.
    public let source: String
    /// Of any length but 0; its direction is stored.
    public let embedding: [Float]

    public init(source: String, embedding: [Float]) {
        self.source = source
        self.embedding = embedding
    }
}

/// An identity with its samples, to be stored.
public struct Enrolment: Hashable, Sendable {
    public let name: String
    public let samples: [EnrolledSample]

    public init(name: String, samples: [EnrolledSample]) {
        self.name = name
        self.samples = samples
    }
}

/// What to do with a name that is in the gallery already.
public enum KnownNames: Sendable {
    /// Store nothing, and say which name it is: two people may bear one.
    case refused
    /// Add the samples to those there are; a sample that is there already is not stored again.
    case extended
}
