/// A connection to a database in which transactions run beside each other, and numbers them.
///
/// Numbers are given as transactions begin, and they end in another order. So whoever follows what is committed looks at
/// everything from the smallest number that had not ended the last time, and knows by its number what it has seen.
protocol SharedConnection: Connection {}
