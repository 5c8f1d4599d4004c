extension SFNet.Configuration {
    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network.
    public func validate() throws(NetworkSettingError) {
        try NetworkShape.checkInput(input)
        guard !channels.isEmpty, channels.allSatisfy({ (1...65_536).contains($0) }) else {
            throw NetworkSettingError(
                key: "channels", value: "\(channels)",
                reason: "must list one number from 1 to 65536 per stage, such as [32, 64, 128, 256]")
        }
        guard blocks.count == channels.count, blocks.allSatisfy({ (0...10_000).contains($0) }) else {
            throw NetworkSettingError(
                key: "blocks", value: "\(blocks)",
                reason: "must list one number from 0 to 10000 for each of the \(channels.count) stages "
                    + "that channels names (\(channels))")
        }
        try NetworkShape.checkEmbedding(embedding)
    }
}
