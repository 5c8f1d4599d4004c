extension SFNet.Configuration {
    /// - Throws: ``NetworkSettingError`` for the first setting that makes no network.
    public func validate() throws(NetworkSettingError) {
        try NetworkShape.checkInput(input)
        guard !channels.isEmpty, channels.allSatisfy({ $0 >= 1 }) else {
            throw NetworkSettingError(
                key: "channels", value: "\(channels)",
                reason: "must list one number from 1 on per stage, such as [32, 64, 128, 256]")
        }
        guard blocks.count == channels.count, blocks.allSatisfy({ $0 >= 0 }) else {
            throw NetworkSettingError(
                key: "blocks", value: "\(blocks)",
                reason: "must list one number from 0 on for each of the \(channels.count) stages "
                    + "that channels names (\(channels))")
        }
        try NetworkShape.checkEmbedding(embedding)
    }
}
