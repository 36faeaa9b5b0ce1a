'use strict'

// A proxy that adds what the S3 server lacks: If-None-Match and If-Match on puts, one request at a time for each object.

const http = require('http')

function conditionalPuts(upstream) {
  const agent = new http.Agent({ keepAlive: true })
  const tails = new Map()

  function tagOf(path, headers) {
    return new Promise((resolve, reject) => {
      const head = http.request({ ...upstream, agent, path, method: 'HEAD', headers: { host: headers.host } }, response => {
        response.resume()
        response.on('end', () => resolve(response.statusCode === 200 ? response.headers.etag : null))
      })
      head.on('error', reject)
      head.end()
    })
  }

  function forward(request, response) {
    return new Promise(resolve => {
      const forwarded = http.request({ ...upstream, agent, path: request.url, method: request.method, headers: request.headers }, answer => {
        response.writeHead(answer.statusCode, answer.headers)
        answer.pipe(response)
      })
      forwarded.on('error', () => response.destroy())
      response.on('close', resolve)
      request.pipe(forwarded)
    })
  }

  function refuse(request, response, status, code) {
    request.resume()
    request.on('end', () => {
      response.writeHead(status, { 'content-type': 'application/xml' })
      response.end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`)
    })
    return new Promise(resolve => response.on('close', resolve))
  }

  async function handle(request, response) {
    const ifNoneMatch = request.headers['if-none-match']
    const ifMatch = request.headers['if-match']
    if (request.method === 'PUT' && (ifNoneMatch || ifMatch)) {
      const tag = await tagOf(request.url.split('?')[0], request.headers)
      if (ifNoneMatch === '*' && tag !== null) return refuse(request, response, 412, 'PreconditionFailed')
      if (ifMatch && tag === null) return refuse(request, response, 404, 'NoSuchKey')
      if (ifMatch && tag !== ifMatch) return refuse(request, response, 412, 'PreconditionFailed')
    }
    return forward(request, response)
  }

  return http.createServer((request, response) => {
    if (request.method !== 'PUT') return void forward(request, response)
    const key = request.url.split('?')[0]
    const turn = (tails.get(key) ?? Promise.resolve()).then(() => handle(request, response)).catch(() => response.destroy())
    tails.set(key, turn)
    turn.finally(() => tails.get(key) === turn && tails.delete(key))
  })
}

module.exports = conditionalPuts
