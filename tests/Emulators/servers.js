'use strict'

// DynamoDB, S3 and Kinesis on loopback ports of the system's choice, for one test run. Writes their ports as one line of JSON
// and ends when its input is closed: when the test run is over, or was killed.

const conditionalPuts = require('./conditional-puts.js')

const host = '127.0.0.1'

function listen(server) {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => resolve(server.address().port))
  })
}

async function start() {
  const { buildApp } = await import('fauxqs')
  const s3 = buildApp({ logger: false, host })
  await s3.listen({ port: 0, host })
  const ports = {
    dynamodb: await listen(require('dynalite')({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 })),
    kinesis: await listen(require('kinesalite')({ createStreamMs: 0, deleteStreamMs: 0, updateStreamMs: 0, shardLimit: 1000 })),
    s3: await listen(conditionalPuts({ host, port: s3.server.address().port })),
  }
  process.stdout.write(JSON.stringify(ports) + '\n')
}

process.stdin.on('end', () => process.exit(0))
process.stdin.on('error', () => process.exit(0))
process.stdin.resume()

start().catch(error => {
  process.stderr.write(`${error.stack}\n`)
  process.exit(1)
})
