/// One labelled sample of a source: where it is and what is known about it.
public struct Item: Sendable, Hashable {
    /// The file relative to the source's folder, or `file#record` for one record of a file. This is the
    /// name by which protocols, score files and messages refer to the item.
    public var path: String
    /// The record's number where the file holds many, counted from 0.
    public var record: Int?
    /// The identity or class.
    public var label: String
    /// What must stay together: one sign's track, one person, one recording session.
    public var group: String?
    /// The set that the source itself assigns: train, development, test or another.
    public var split: String?
    /// Any further columns of a manifest.
    public var columns: [String: String]
    /// Five points of a face.
    public var landmarks: Landmarks?

    public init(
        path: String, record: Int? = nil, label: String, group: String? = nil, split: String? = nil,
        columns: [String: String] = [:], landmarks: Landmarks? = nil
    ) {
        self.path = path
        self.record = record
        self.label = label
        self.group = group
        self.split = split
        self.columns = columns
        self.landmarks = landmarks
    }
}
