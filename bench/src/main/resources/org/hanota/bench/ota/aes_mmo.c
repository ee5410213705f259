// SPDX-License-Identifier: Apache-2.0
// AES-MMO over 1 MiB with OpenSSL's EVP, re-keyed for every block; prints messages per second and the hash.
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MIB = 1 << 20, BLOCK = 16, TIMES = 8 };
static unsigned char message[MIB + BLOCK];

static void block(EVP_CIPHER_CTX *context, unsigned char *hash, const unsigned char *in) {
  unsigned char out[BLOCK];
  int length;
  EVP_EncryptInit_ex(context, NULL, NULL, hash, NULL);
  EVP_EncryptUpdate(context, out, &length, in, BLOCK);
  for (int i = 0; i < BLOCK; i++) hash[i] = out[i] ^ in[i];
}

int main(void) {
  for (int i = 0; i < MIB; i++) message[i] = (unsigned char)(i * 7);
  unsigned long bits = 8UL * MIB;
  message[MIB] = 0x80;
  for (int i = 0; i < 4; i++) message[MIB + 10 + i] = (unsigned char)(bits >> (24 - 8 * i));
  EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
  EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), NULL, NULL, NULL);
  EVP_CIPHER_CTX_set_padding(context, 0);
  unsigned char hash[BLOCK];
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (int t = 0; t < TIMES; t++) {
    memset(hash, 0, BLOCK);
    for (int at = 0; at < MIB + BLOCK; at += BLOCK) block(context, hash, message + at);
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
  printf("%f ", TIMES / seconds);
  for (int i = 0; i < BLOCK; i++) printf("%02x", hash[i]);
  printf("\n");
  return 0;
}
